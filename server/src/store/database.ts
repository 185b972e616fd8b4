import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Kysely, SqliteDialect } from "kysely";
import { createCommitQueue, type WriteJob } from "./commit-queue.ts";
import { migrate } from "./migrate.ts";
import { openNodeSqlite } from "./node-sqlite.ts";
import type { Tables } from "./tables.ts";

/** The one database of the server. */
export interface Database {
  /** For reading. */
  readonly kysely: Kysely<Tables>;
  /**
   * Runs a job that writes, in a transaction that it may share with other jobs. Resolves with what the job returned
   * once that is durable; rejects with what the job threw, and then nothing of it is stored.
   */
  write<T>(job: WriteJob<T>): Promise<T>;
  /** Waits for the writes under way, then closes. */
  close(): Promise<void>;
}

/** Opens `triptych.sqlite` in a directory, which is made when missing, and brings its tables up to date. */
export async function openDatabase(directory: string): Promise<Database> {
  await mkdir(directory, { recursive: true });
  const kysely = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: openNodeSqlite(join(directory, "triptych.sqlite")) }),
  });
  await migrate(kysely);
  const queue = createCommitQueue(kysely);
  return {
    kysely,
    write: queue.write,
    async close() {
      await queue.idle();
      await kysely.destroy();
    },
  };
}
