import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Kysely, type SqliteStatement } from "kysely";
import type { StoreTrouble } from "../../domain/errors.ts";
import { migrate } from "../migrate.ts";
import { type ReportUnreadable, reportOnce } from "../report-once.ts";
import type { PendingWrites, WriteObserver } from "../write-observer.ts";
import { CommitQueue, type WriteJob } from "./commit-queue.ts";
import { lockFileOf, lockFolder } from "./folder-lock.ts";
import { holdFiles } from "./held-files.ts";
import { identifyLog } from "./identify-log.ts";
import { ImmediateDialect } from "./immediate-dialect.ts";
import { inspectLog } from "./inspect-log.ts";

import { openNodeSqlite, type SyncFile } from "./node-sqlite.ts";
import { requireRoom } from "./require-room.ts";
import type { Tables } from "./tables.ts";
import { waitForLock } from "./wait-for-lock.ts";

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
   * once that is durable; rejects with what the job threw, and then nothing of it is stored, or with StoreTrouble when it cannot be
   * stored. After StoreFailed nothing is stored any more.
   */
  write<T>(job: WriteJob<T>): Promise<T>;
  /** Rejects with StoreTrouble unless a small write can be expected to succeed. */
  check(): Promise<void>;
  /** The writes that are not durable yet. */
  readonly pendingWrites: PendingWrites;
  /** The id of the log of events; see `CommittedEvents.logId`. */
  readonly logId: string;
  readonly reportUnreadable: ReportUnreadable;
  /** Waits for the writes under way, then closes. */
  close(): Promise<void>;
}

/** What a database is opened with. */
export interface DatabaseOptions {
  /** Told what is missing or cannot be read of what was stored, in words for an operator. */
  readonly onDamage?: (what: string, error?: unknown) => void;
  /** Told why a write has failed, where the reason is the store's. */
  readonly onTrouble?: (trouble: StoreTrouble) => void;
  /** Notified of writes. */
  readonly writeObserver?: WriteObserver | undefined;
  /** Makes the log durable; that of the system where none is given. */
  readonly syncFile?: SyncFile;
}

const migrations = new URL("migrations/", import.meta.url);
/** How long a check waits for another process that has the database locked, in milliseconds. */
const CHECK_LOCKED_MS = 300;

/**
 * Opens `triptych.sqlite` in a directory, which is made when missing, and brings its tables up to date. Says what it finds missing.
 * @throws FolderInUse while another server uses the directory.
 */
export async function openDatabase(
  directory: string,
  { onDamage = ignore, onTrouble = ignore, syncFile, writeObserver }: DatabaseOptions = {},
): Promise<Database> {
  await mkdir(directory, { recursive: true });
  const lock = await lockFolder(directory);
  const path = join(directory, "triptych.sqlite");
  try {
    await reportDamagedLog(`${path}-wal`, lock.unfinished, onDamage);
    const sqlite = await openNodeSqlite(path, syncFile);
    const kysely = new Kysely<Tables>({ dialect: new ImmediateDialect(sqlite) });
    await migrate(kysely, migrations);
    const logId = await identifyLog(kysely, path);
    await sqlite.sync();
    await lock.sign();
    const files = await holdFiles([lockFileOf(directory), path, `${path}-wal`, `${path}-shm`]);
    const { sync, checkpoint } = sqlite;
    const queue = new CommitQueue({ kysely, sync, checkpoint, onTrouble, observer: writeObserver });
    return {
      kysely,
      logId,
      prepare: (sql) => sqlite.prepare(sql),
      write: (job) => queue.write(job),
      get pendingWrites() {
        return queue.pending;
      },
      async check() {
        try {
          queue.requireMoving();
          await Promise.all([files.check(), requireRoom(directory)]);
          await waitForLock(CHECK_LOCKED_MS, () => kysely.transaction().execute(async () => undefined));
        } catch (error) {
          throw queue.note(error) ?? error;
        }
      },
      reportUnreadable: reportOnce(onDamage),
      async close() {
        await queue.idle();
        const clean = queue.failure === undefined;
        if (clean) await kysely.destroy();
        else await sqlite.abandon();
        await lock.release({ clean });
      },
    };
  } catch (error) {
    await lock.release({ clean: false });
    throw error;
  }
}

function ignore(): void {}

/** Says so where what was acknowledged may be lost: SQLite itself goes by what it finds. */
async function reportDamagedLog(path: string, unfinished: string | undefined, report: (what: string) => void) {
  const log = await inspectLog(path);
  if (log.kind === "none" && unfinished !== undefined) {
    report(
      `the log ${path} is gone, although the last server (${unfinished}) did not end cleanly: unless another program has opened the database since, the last writes are lost`,
    );
  }
  if (log.kind === "damaged") {
    const { readableBytes, bytes } = log;
    report(
      `the log ${path} is damaged: of its ${bytes} bytes ${readableBytes} can be read; what comes after is lost, and was acknowledged unless the machine lost power`,
    );
  }
}
