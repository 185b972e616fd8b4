import { randomUUID } from "node:crypto";
import { setInterval } from "node:timers/promises";
import type { UnreadEvents } from "../unread-events.ts";
import { Connection } from "./connection.ts";
import type { TopicBounds } from "./topic-log.ts";
import { DatabaseUnusable } from "./unusable.ts";

/** A log that is told where its topic stands. */
export interface WokenLog {
  readonly unread: UnreadEvents;
  noteBounds(bounds: TopicBounds): void;
  replaced(bounds: TopicBounds): void;
}

/** What waking logs takes. */
export interface WakeUpsOptions {
  readonly url: string;
  readonly reader: Connection;
  /** How servers hear of each other's events: by NOTIFY with a look each second beside it, or by looking often alone. */
  readonly wakeUp: "listen" | "poll";
  /** Told, in words for an operator, what keeps notifications from coming. */
  readonly onProblem: (what: string, error?: unknown) => void;
}

/** How often topics are looked at, in milliseconds: beside notifications, and without any. */
const LOOK_MS = { listen: 1_000, poll: 100 } as const;
/** How long a notification may be on its way, in milliseconds. */
const PROBE_MS = 2_000;

const DROPPED =
  "the database takes LISTEN and brings no notification: a pooler is in between that drops them; name the database itself, or let servers poll";

/** Tells logs where their topics stand: as soon as another server has stored something, and at least each second. */
export class WakeUps {
  readonly #options: WakeUpsOptions;
  readonly #logs = new Map<string, WokenLog>();
  readonly #stop = new AbortController();
  #channel = "";
  #listener: Connection | undefined;
  readonly #probes = new Map<string, () => void>();
  #logId = "";
  #started = false;
  #looking: Promise<void> | undefined;

  constructor(options: WakeUpsOptions) {
    this.#options = options;
  }

  /** The id of the log; see `CommittedEvents.logId`. */
  get logId(): string {
    return this.#logId;
  }

  /** What is not read yet of all topics together. */
  get unread(): UnreadEvents {
    const all = Array.from(this.#logs.values(), ({ unread }) => unread);
    return {
      count: all.reduce((sum, { count }) => sum + count, 0),
      lagMs: Math.max(0, ...all.map(({ lagMs }) => lagMs)),
    };
  }

  /** Tells a log from now on where its topic stands. */
  add(topic: string, log: WokenLog): void {
    this.#logs.set(topic, log);
  }

  /**
   * Starts to listen and to look.
   * @throws DatabaseUnusable when notifications do not come.
   */
  async start(): Promise<void> {
    const { url, reader, wakeUp } = this.#options;
    this.#logId = await this.#identify();
    if (wakeUp === "listen") {
      const [{ schema } = { schema: "" }] = await reader.read<{ schema: string }>({
        text: "select current_schema() as schema",
      });
      this.#channel = `triptych.${schema}`;
      this.#listener = new Connection({
        url,
        purpose: "listener",
        prepare: async (client) => {
          client.on("notification", ({ payload = "" }) => this.#notified(payload));
          await client.query(`listen "${this.#channel.replaceAll('"', '""')}"`);
          // What was notified while nobody listened; at the start there is nothing to look at.
          const gone = new AbortController();
          client.once("end", () => gone.abort());
          void this.#afterConnect(AbortSignal.any([gone.signal, this.#stop.signal]));
        },
      });
      await this.#listener.open();
      if (!(await this.#probe())) throw new DatabaseUnusable(DROPPED);
    }
    this.#started = true;
    void this.#lookAgainAndAgain();
  }

  /** Looks at all topics, from now on: a look that is under way may have seen what was before. */
  async lookAnew(): Promise<void> {
    await this.#looking?.catch(() => undefined);
    await this.look();
  }

  /** Looks at all topics, unless that is under way. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Ends listening and looking. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#listener?.close();
    await this.#looking?.catch(() => undefined);
  }

  #notified(payload: string): void {
    const [last = "", oldest = "", ...name] = payload.split(" ");
    if (last === "probe") {
      this.#probes.get(oldest)?.();
      return;
    }
    const bounds = { last: Number(last), oldest: Number(oldest) };
    // Anybody may notify: what is none of ours only wakes.
    const isBounds = name.length > 0 && Object.values(bounds).every(Number.isSafeInteger);
    if (isBounds) this.#logs.get(name.join(" "))?.noteBounds(bounds);
    else void this.look().catch(() => undefined);
  }

  async #afterConnect(gone: AbortSignal): Promise<void> {
    if (!this.#started) return;
    try {
      await this.look();
      const isHeard = await this.#probe();
      // Who has gone hears of nothing.
      if (!isHeard && !gone.aborted) this.#options.onProblem(DROPPED);
    } catch (error) {
      if (!gone.aborted) this.#options.onProblem("the topics of the store could not be looked at", error);
    }
  }

  /** Whether a notification of another connection comes. */
  async #probe(): Promise<boolean> {
    const id = randomUUID();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#probes.set(id, () => resolve(true));
    let timer: NodeJS.Timeout | undefined;
    try {
      await this.#options.reader.read({ text: "select pg_notify($1, $2)", values: [this.#channel, `probe ${id}`] });
      // Only now: a database that is slow to answer is none that drops notifications.
      timer = setTimeout(() => resolve(false), PROBE_MS);
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#probes.delete(id);
    }
  }

  async #lookAgainAndAgain(): Promise<void> {
    const { wakeUp } = this.#options;
    try {
      for await (const _ of setInterval(LOOK_MS[wakeUp], undefined, { signal: this.#stop.signal })) {
        // Health says what is wrong with the store.
        await this.look().catch(() => undefined);
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
  }

  async #look(): Promise<void> {
    const rows = await this.#options.reader.read<TopicBounds & { name: string; id: string; moved: boolean }>({
      name: "look",
      text: `select t.name, t.last, t.oldest, l.id, l.place <> coalesce(triptych_place(), l.place) as moved
        from log l left join topics t on t.name = any($1)`,
      values: [[...this.#logs.keys()]],
    });
    const [first] = rows;
    if (first === undefined) return;
    const before = this.#logId;
    // In one step with what it means for the logs.
    this.#logId = first.moved ? await this.#identify() : first.id;
    const boundsOf = new Map(rows.map(({ name, last, oldest }) => [name, { last, oldest }]));
    for (const [topic, log] of this.#logs) {
      const bounds = boundsOf.get(topic);
      // A topic to which nothing was ever added has no row.
      if (this.#logId !== before) log.replaced(bounds ?? { last: 0, oldest: 0 });
      else if (bounds !== undefined) log.noteBounds(bounds);
    }
  }

  /** Gives the log an id of its own where it is found in another place than before. One server does, and all read the same, which is returned. */
  async #identify(): Promise<string> {
    const { reader } = this.#options;
    await reader.query({
      text: `update log set id = $1, place = triptych_place()
        where place <> triptych_place() or (id = '' and triptych_place() is not null)`,
      values: [randomUUID()],
    });
    const [row] = await reader.read<{ id: string }>({ text: "select id from log" });
    return row?.id ?? "";
  }
}
