import type { Client } from "pg";
import { NOTICE_VANISHED, openClient } from "./open-client.ts";

/** What holding the lock takes. */
export interface TrainerLockOptions {
  /** The URL of the database. */
  readonly url: string;
  /** Called when the lock was held and is no more. */
  readonly onLost: () => void;
  /** How long the database may take to say that the lock is held, in milliseconds: then it counts as lost. */
  readonly answerMs?: number;
}

const ANSWER_MS = 5_000;
/** How long one statement of what is done under the lock may take, in milliseconds. */
const STATEMENT_MS = 60_000;

/** The lock of who trains the model, which one server of a database has, as long as its connection lasts. */
export class TrainerLock {
  readonly #options: TrainerLockOptions;
  #client: Client | undefined;
  #isHeld = false;

  constructor(options: TrainerLockOptions) {
    this.#options = options;
  }

  /** Whether this server has it, as far as it knows. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /**
   * Asks for the lock, or whether the connection that holds it is still there; returns whether this server has it. Rejects when the database does not
   * answer, and then it has it no more.
   */
  async hold(): Promise<boolean> {
    this.#client ??= await this.#connect();
    const client = this.#client;
    try {
      const isHeld = await this.#ask(client);
      // It may have been lost just after the answer.
      this.#isHeld = isHeld && this.#client === client;
      return this.#isHeld;
    } catch (error) {
      this.#lost(client);
      throw error;
    }
  }

  /** Runs work on the connection that holds the lock: a server that has lost it does nothing then. Returns undefined where it does not have it. */
  async under<T>(work: (client: Client) => Promise<T>): Promise<T | undefined> {
    return this.#isHeld && this.#client !== undefined ? await work(this.#client) : undefined;
  }

  /** Gives the lock to others. */
  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#isHeld = false;
    await client?.end().catch(() => undefined);
  }

  async #ask(client: Client): Promise<boolean> {
    // A lock that is held is not asked for again: it would have to be given back as often.
    const text = this.#isHeld
      ? "select true as held"
      : "select pg_try_advisory_lock(hashtext('triptych.trainer'), hashtext(current_schema())) as held";
    const { answerMs = ANSWER_MS } = this.#options;
    const query = { text, query_timeout: answerMs };
    const { rows } = await client.query(query);
    return rows[0]?.held === true;
  }

  #connect(): Promise<Client> {
    return openClient({
      ...{ url: this.#options.url, purpose: "trainer", answerMs: STATEMENT_MS },
      onEnd: (client) => this.#lost(client),
      prepare: (client) => client.query(NOTICE_VANISHED),
    });
  }

  #lost(client: Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    void client.end().catch(() => undefined);
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#options.onLost();
  }
}
