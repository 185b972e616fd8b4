import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { TAKEN_BACK } from "../rating-rows.ts";
import { ratingTopic as topic } from "../rating-topic.ts";
import type { ReportUnreadable } from "../report-once.ts";
import type { Connection } from "./connection.ts";
import { queries } from "./queries.ts";
import type { Tables } from "./tables.ts";

/** What copying ratings takes. */
export interface RatingsCopyOptions {
  readonly reader: Connection;
  /** The folder of the copy, which no other server has. */
  readonly folder: string;
  readonly reportUnreadable: ReportUnreadable;
}

type ChangeRow = Pick<Tables["events"], "sequence" | "time" | "payload">;

/** How many changes are read at a time: they are stored in one turn of the event loop. */
const PAGE = 1_000;

const SCHEMA = `
  create table if not exists source(log_id text not null);
  create table if not exists events(
    topic text not null, sequence integer not null, time integer not null, payload text not null,
    primary key (topic, sequence)
  );
  create table if not exists ratings(
    user_id integer not null, book_id integer not null, stars integer not null, primary key (user_id, book_id)
  );
`;

/** A copy of what readers said in the app, in a file of SQLite as a store in a folder has it, from which threads read without a connection. */
export class RatingsCopy {
  readonly #options: RatingsCopyOptions;
  readonly #path: string;
  #database: DatabaseSync | undefined;
  #refreshing: Promise<void> | undefined;
  #isStale = false;

  constructor(options: RatingsCopyOptions) {
    this.#options = options;
    this.#path = join(options.folder, "triptych.sqlite");
  }

  /** Brings the copy to what the database had at the time of the call, or later. Rejects when one of them fails; the next call goes on from there. */
  refresh(): Promise<void> {
    // A refresh that is under way may have passed what this one is asked for.
    if (this.#refreshing !== undefined) this.#isStale = true;
    this.#refreshing ??= this.#refreshUntilFresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Waits for what is under way, then closes. */
  async close(): Promise<void> {
    await this.#refreshing?.catch(() => undefined);
    this.#database?.close();
  }

  async #refreshUntilFresh(): Promise<void> {
    do {
      this.#isStale = false;
      await this.#refresh();
    } while (this.#isStale);
  }

  async #refresh(): Promise<void> {
    const { reader } = this.#options;
    const [log] = await reader.select("log-id", queries.selectFrom("log").select("id"));
    const database = await this.#opened(log?.id ?? "");
    for (let last = lastOf(database); ; ) {
      const rows = await reader.select("changes", changesAfter(last));
      const final = rows.at(-1);
      if (final === undefined) return;
      this.#store(database, rows);
      last = final.sequence;
    }
  }

  #store(database: DatabaseSync, rows: readonly ChangeRow[]): void {
    const event = database.prepare("insert into events values (?, ?, ?, ?)");
    const rating = database.prepare("insert or replace into ratings values (?, ?, ?)");
    database.exec("begin immediate");
    try {
      for (const { sequence, time, payload } of rows) {
        event.run(topic.name, sequence, time, payload);
        const change = this.#decode(sequence, payload);
        if (change) rating.run(change.userId, change.bookId, change.stars ?? TAKEN_BACK);
      }
      database.exec("commit");
    } catch (error) {
      database.exec("rollback");
      throw error;
    }
  }

  #decode(sequence: number, payload: string) {
    try {
      return topic.decode(payload, new Date(0));
    } catch (error) {
      this.#options.reportUnreadable(`event ${sequence} of the feed of ${topic.name}`, error);
      return undefined;
    }
  }

  /** Opens the copy of a log; in the place of what is there of another, or cannot be read, it makes a new one. */
  async #opened(logId: string): Promise<DatabaseSync> {
    try {
      this.#database ??= await this.#open();
      if (logOf(this.#database) === logId) return this.#database;
    } catch {
      // What a loss of power has left is only a copy.
    }
    this.#database?.close();
    this.#database = undefined;
    for (const end of ["", "-wal", "-shm"]) await rm(`${this.#path}${end}`, { force: true });
    this.#database = await this.#open();
    this.#database.prepare("insert into source values (?)").run(logId);
    return this.#database;
  }

  async #open(): Promise<DatabaseSync> {
    await mkdir(this.#options.folder, { recursive: true });
    const database = new DatabaseSync(this.#path, { timeout: 5_000 });
    try {
      database.exec(`pragma journal_mode = wal; pragma synchronous = normal; ${SCHEMA}`);
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  }
}

function changesAfter(sequence: number) {
  const changes = queries.selectFrom("events").select(["sequence", "time", "payload"]).where("topic", "=", topic.name);
  return changes.where("sequence", ">", sequence).orderBy("sequence").limit(PAGE);
}

/** By the key of the table: the largest number of all topics would take a look at each row. */
function lastOf(database: DatabaseSync): number {
  const last = database.prepare("select coalesce(max(sequence), 0) last from events where topic = ?").get(topic.name);
  return Number(last?.last);
}

function logOf(database: DatabaseSync): string | undefined {
  const row = database.prepare("select log_id from source").get();
  return row && String(row.log_id);
}
