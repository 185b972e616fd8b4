import { fstatSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { SqliteDatabase, SqliteStatement } from "kysely";
import { StoreFailed } from "../../domain/errors.ts";

/** How many prepared statements are kept; the queries of this server are few and fixed. */
const MAX_STATEMENTS = 256;
/** How long opening waits for another process that has the file locked, in milliseconds. Nothing is served yet. */
const OPEN_TIMEOUT_MS = 5_000;
/** How long SQLite itself waits for a lock after that, in milliseconds: it holds up all else meanwhile; see `waitForLock`. */
const LOCK_TIMEOUT_MS = 10;
/** From how many pages on the log is copied into the file. */
const LONG_LOG = 1_000;

/** Makes durable what was written to a file. */
export type SyncFile = (file: FileHandle) => Promise<void>;

/** A SQLite file. */
export interface NodeSqlite extends SqliteDatabase {
  /** Whether a transaction has begun and not ended. */
  readonly isTransaction: boolean;
  /**
   * Resolves when everything that was committed before is on the disk: it survives the loss of power, not only of the process. Once it has
   * rejected the file must not be written, nor closed: see `abandon`.
   */
  sync(): Promise<void>;
  /** Copies the log into the file where it is long; what it throws leaves the log as it was. */
  checkpoint(): void;
  /** Lets the process end without closing the file: closing would copy the log into it, and delete a log that may be all there is. */
  abandon(): Promise<void>;
}

/**
 * Opens a SQLite file for Kysely's SQLite dialect. Write-ahead logging lets readers of other processes in. What is committed is in the
 * log and consistent; to be durable it takes `sync`, which does what `synchronous = full` has a commit do, but in a thread: the disk
 * takes milliseconds, in which the server can do other things.
 */
export async function openNodeSqlite(path: string, syncFile: SyncFile = datasync): Promise<NodeSqlite> {
  const database = new DatabaseSync(path, { timeout: OPEN_TIMEOUT_MS });
  // Normal means that SQLite itself syncs the log where it starts again and before it is copied into the file. It would copy as part of a
  // commit, and keep to itself that a sync has failed; what it keeps aside it would otherwise open files for, which may be too many.
  database.exec(`
    pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;
    pragma wal_autocheckpoint = 0; pragma temp_store = memory
  `);
  beginLog(database);
  database.exec(`pragma busy_timeout = ${LOCK_TIMEOUT_MS}`);
  const log = await open(`${path}-wal`);
  const measureLog = database.prepare("pragma wal_checkpoint(noop)");
  const copyLog = database.prepare("pragma wal_checkpoint(passive)");
  const statements = new Map<string, SqliteStatement>();
  return {
    get isTransaction() {
      return database.isTransaction;
    },
    prepare(sql) {
      const known = statements.get(sql);
      if (known !== undefined) return known;
      if (statements.size >= MAX_STATEMENTS) statements.clear();
      const statement = adaptStatement(database.prepare(sql));
      statements.set(sql, statement);
      return statement;
    },
    async sync() {
      await syncFile(log);
      // A file without a name is gone with the process.
      if (fstatSync(log.fd).nlink === 0) throw new StoreFailed("the log of the store has been deleted");
    },
    checkpoint() {
      // Not in the middle of another transaction of this connection, which SQLite would refuse: the next write is soon enough.
      if (database.isTransaction) return;
      // The row has the number of pages in the log.
      if ((measureLog.get() as { log: number }).log >= LONG_LOG) copyLog.get();
    },
    close() {
      // It was only ever synced, so nothing can fail that matters.
      log.close().catch(() => undefined);
      database.close();
    },
    abandon: () => log.close(),
  };
}

/**
 * Writes something, so that there is a log, and one that is not empty, for as long as the file is open: one that is missing or empty at the
 * next start has been lost.
 */
function beginLog(database: DatabaseSync): void {
  database.exec("begin immediate");
  // Nothing else uses this number.
  const starts = database.prepare("pragma user_version").get() as { user_version: number };
  database.exec(`pragma user_version = ${(starts.user_version + 1) % 2 ** 31}; commit`);
}

function datasync(file: FileHandle): Promise<void> {
  return file.datasync();
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
