import type { Compilable } from "kysely";
import { type Client, DatabaseError, type QueryConfig } from "pg";
import { StoreBusy } from "../../domain/errors.ts";
import { openClient } from "./open-client.ts";
import { ConnectionLost, NotSent } from "./statement-errors.ts";
import { hasEnded, troubleOfRead } from "./store-trouble.ts";

/** A statement: named where it is run often, so that it is planned once a connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

/** What a connection works with. */
export interface ConnectionOptions {
  /** The URL of the database. */
  readonly url: string;
  /** What it is for, as the database lists it. */
  readonly purpose: string;
  /** Runs on each new connection before anything else does; when it rejects there is no connection. */
  readonly prepare?: (client: Client) => Promise<void>;
}

/** How long the database may take to answer, in milliseconds: then the connection counts as lost. */
const ANSWER_MS = 5_000;
/** How long after an attempt to connect comes the next, in milliseconds. */
const RETRY_MS = 250;
/** How long statements wait for a connection that is lost, from when it was, in milliseconds. */
const LOST_MS = 5_000;

/**
 * A connection that comes back by itself. Statements are sent one behind the other without waiting for answers; each is a transaction of its
 * own. While the connection is lost they wait for it, for five seconds from when it was, and are then rejected with StoreBusy.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  #client: Client | undefined;
  #connecting: Promise<void> | undefined;
  #lostAt: number | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  #waiting: PromiseWithResolvers<void> = Promise.withResolvers();

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Whether there is a connection at this moment. */
  get isOpen(): boolean {
    return this.#client !== undefined;
  }

  /** Connects for the first time; rejects with what keeps it from that, and then there is nothing to close. */
  async open(): Promise<this> {
    this.#client = await this.#connect();
    return this;
  }

  /**
   * Runs a statement. Rejects with StoreBusy when it was not sent, with a DatabaseError when the database has rejected it, and with ConnectionLost when
   * the connection was lost before the answer, with NotSent when a value cannot be sent.
   */
  async query<Row>({ name, text, values = [] }: Statement): Promise<Row[]> {
    const client = this.#client ?? (await this.#reconnected());
    // Rows are what the statement selects; that they are of this type is for the caller to know.
    const config: QueryConfig = { text, values };
    if (name !== undefined) config.name = name;
    try {
      const { rows } = await client.query(config);
      return rows as Row[];
    } catch (error) {
      if (error instanceof DatabaseError && !hasEnded(error)) throw error;
      // What pg rejects a statement with that it cannot send.
      if (error instanceof TypeError || error instanceof RangeError)
        throw new NotSent("a value of the statement cannot be sent", { cause: error });
      // The client hears of its end only after this, and what comes next should not be sent over it.
      this.#lost(client);
      throw new ConnectionLost("the connection was lost before the answer", { cause: error });
    }
  }

  /**
   * Like `query`, for what only reads: tries again when the connection was lost before the answer. Rejects with StoreTrouble where it is the database that
   * cannot answer now.
   */
  async read<Row>(statement: Statement): Promise<Row[]> {
    const client = this.#client;
    try {
      return await this.query<Row>(statement);
    } catch (error) {
      if (this.#closed || !(error instanceof ConnectionLost || this.#client !== client)) throw troubleOfRead(error);
    }
    try {
      return await this.query<Row>(statement);
    } catch (error) {
      throw troubleOfRead(error);
    }
  }

  /** Runs a query that was built; its name is that of its shape, whatever its values. */
  select<Row>(name: string, query: Compilable<Row>): Promise<Row[]> {
    const { sql, parameters } = query.compile();
    return this.read<Row>({ name, text: sql, values: [...parameters] });
  }

  /** Lets statements that were sent be answered, then closes. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#waiting.reject(new StoreBusy("the store is closed"));
    this.#waiting.promise.catch(() => undefined);
    await this.#connecting?.catch(() => undefined);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #connect(): Promise<Client> {
    const { prepare, ...use } = this.#options;
    return openClient({ ...use, pipeline: true, answerMs: ANSWER_MS, onEnd: (client) => this.#lost(client), prepare });
  }

  #lost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#lostAt = performance.now();
    void client.end().catch(() => undefined);
    this.#reconnect();
  }

  #reconnect(): void {
    if (this.#closed) return;
    this.#connecting = this.#connect().then(
      async (client) => {
        this.#connecting = undefined;
        if (this.#closed) {
          await client.end();
          return;
        }
        this.#client = client;
        this.#lostAt = undefined;
        this.#waiting.resolve();
        this.#waiting = Promise.withResolvers();
      },
      () => {
        this.#connecting = undefined;
        this.#retry = setTimeout(() => this.#reconnect(), RETRY_MS);
      },
    );
  }

  async #reconnected(): Promise<Client> {
    const left = (this.#lostAt ?? 0) + LOST_MS - performance.now();
    if (left > 0 && !this.#closed) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, left);
      try {
        await Promise.race([this.#waiting.promise, promise]);
      } finally {
        clearTimeout(timer);
      }
    }
    if (this.#client === undefined) throw new StoreBusy("the store cannot be reached");
    return this.#client;
  }
}
