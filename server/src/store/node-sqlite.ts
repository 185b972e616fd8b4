import { type FileHandle, open } from "node:fs/promises";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { SqliteDatabase, SqliteStatement } from "kysely";

/** How many prepared statements are kept; the queries of this server are few and fixed. */
const MAX_STATEMENTS = 256;

/** A SQLite file. */
export interface NodeSqlite extends SqliteDatabase {
  /** Resolves when everything that was committed before is on the disk: it survives the loss of power, not only of the process. */
  sync(): Promise<void>;
}

/**
 * Opens a SQLite file for Kysely's SQLite dialect. Write-ahead logging lets readers of other processes in. What is committed is in the
 * log and consistent; to be durable it takes `sync`, which does what `synchronous = full` has a commit do, but in a thread: the disk
 * takes milliseconds, in which the server can do other things.
 */
export function openNodeSqlite(path: string): NodeSqlite {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  // Normal means that SQLite itself syncs the log where it starts anew and before it is copied into the file.
  database.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on");
  let log: Promise<FileHandle> | undefined;
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      if (statements.size >= MAX_STATEMENTS) statements.clear();
      const statement = adaptStatement(database.prepare(sql));
      statements.set(sql, statement);
      return statement;
    },
    async sync() {
      // The log exists from the first write until the file is closed; it may be opened besides SQLite, which holds no lock on it.
      log ??= open(`${path}-wal`);
      await (await log).datasync();
    },
    close() {
      // Where it could not be opened, those who waited for a sync have heard of it.
      log?.then((handle) => handle.close()).catch(() => undefined);
      database.close();
    },
  };
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...sqlValues(parameters)),
    run: (parameters) => statement.run(...sqlValues(parameters)),
    iterate: (parameters) => statement.iterate(...sqlValues(parameters)),
  };
}

function sqlValues(parameters: readonly unknown[]): SQLInputValue[] {
  // Kysely types parameters as unknown; the tables hold only numbers, strings and nulls.
  return parameters as SQLInputValue[];
}
