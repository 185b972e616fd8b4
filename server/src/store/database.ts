import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Kysely, SqliteDialect, type SqliteStatement } from "kysely";
import { CannotOpenStore } from "./cannot-open-store.ts";
import { createCommitQueue, type WriteJob } from "./commit-queue.ts";
import { migrate } from "./migrate.ts";
import { type NodeSqlite, openNodeSqlite } from "./node-sqlite.ts";
import type { Tables } from "./tables.ts";

/** The one database of the server. */
export interface Database {
  /** For reading. */
  readonly kysely: Kysely<Tables>;
  /**
   * Prepares a statement for what is done so often that building a query would show. One that writes is only run by a job of `write`,
   * and then takes part in its transaction.
   */
  prepare(sql: string): SqliteStatement;
  /**
   * Runs a job that writes, in a transaction that it may share with other jobs. Resolves with what the job returned
   * once that is durable; rejects with what the job threw, and then nothing of it is stored.
   */
  write<T>(job: WriteJob<T>): Promise<T>;
  /** Waits for the writes under way, then closes. */
  close(): Promise<void>;
}

/**
 * Opens `triptych.sqlite` in a directory, which is made when missing, and brings its tables up to date.
 * @throws CannotOpenStore when the directory cannot be made or the file in it cannot be opened.
 */
export async function openDatabase(directory: string): Promise<Database> {
  const sqlite = await openIn(directory);
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) });
  await migrate(kysely);
  const queue = createCommitQueue(kysely, sqlite.sync);
  return {
    kysely,
    prepare: (sql) => sqlite.prepare(sql),
    write: queue.write,
    async close() {
      await queue.idle();
      await kysely.destroy();
    },
  };
}

async function openIn(directory: string): Promise<NodeSqlite> {
  try {
    await mkdir(directory, { recursive: true });
    return openNodeSqlite(join(directory, "triptych.sqlite"));
  } catch (error) {
    throw new CannotOpenStore(directory, error);
  }
}
