import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { SqliteDatabase, SqliteStatement } from "kysely";

/** How many prepared statements are kept; the queries of this server are few and fixed. */
const MAX_STATEMENTS = 256;

/**
 * Opens a SQLite file for Kysely's SQLite dialect. Write-ahead logging lets readers of other processes in, and with
 * `synchronous = full` a commit is on the disk before it is acknowledged: it survives the loss of power, not only of the
 * process.
 */
export function openNodeSqlite(path: string): SqliteDatabase {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on");
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
    close: () => database.close(),
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
