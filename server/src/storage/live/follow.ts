import { DataLoss, InvalidInput, LogReplaced } from "../../domain/errors.ts";
import { type FeedEvent, type FeedStart, type FeedUpdate, MAX_RECENT } from "../../domain/feed.ts";
import { currentSpan } from "../../domain/span.ts";
import type { Hub, Subscription } from "./hub.ts";
import type { CommittedEvents, UnreadableEvent } from "./topic.ts";

/** How many events one read of the log brings: all a follower that stalls holds in memory. */
const PAGE = 128;

/** What a follower reads and waits for. */
export interface FollowSource<T> {
  readonly log: CommittedEvents<T>;
  readonly hub: Hub;
  /** The key of the hub that is woken for new events. */
  readonly key: string;
  /** A quiet stream says where it stands this often. */
  readonly heartbeatMs: number;
}

/**
 * Follows a log as `ReadableFeed.follow` describes: pulled by its reader, so a slow one costs one page of memory. An event that cannot be read
 * is left out, and one that is missing ends it with DataLoss.
 */
export function follow<T>(
  source: FollowSource<T>,
  start: FeedStart,
  signal: AbortSignal,
): AsyncIterableIterator<FeedUpdate<T>, undefined> {
  checkStart(source.log, start);
  return new Follower(source, start, signal);
}

/** A follower. No generator: that would cost every event of every follower several promises. */
class Follower<T> implements AsyncIterableIterator<FeedUpdate<T>, undefined> {
  private readonly log: CommittedEvents<T>;
  private readonly subscription: Subscription;
  private readonly signal: AbortSignal;
  private readonly start: FeedStart;
  private readonly logId: string;
  private sequence: number;
  private page: readonly (FeedEvent<T> | UnreadableEvent)[] = [];
  private read = 0;
  private isNew = true;
  private hasLeft = false;

  constructor({ log, hub, key, heartbeatMs }: FollowSource<T>, start: FeedStart, signal: AbortSignal) {
    this.log = log;
    this.subscription = hub.subscribe(key, heartbeatMs, signal);
    this.signal = signal;
    this.start = start;
    this.logId = log.logId();
    this.sequence = start.afterSequence ?? Math.max(0, log.lastSequence() - (start.recent ?? 0));
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<FeedUpdate<T>, undefined>> {
    if (this.isNew) {
      this.isNew = false;
      if (this.sequence > this.log.lastSequence()) await this.catchUp();
      return this.position();
    }
    while (!this.hasLeft) {
      this.signal.throwIfAborted();
      if (this.log.logId() !== this.logId)
        this.fail(new LogReplaced("the feed has another history now: follow it again"));
      const entry = this.page[this.read];
      if (entry !== undefined) {
        this.passed(entry.sequence);
        if (entry.kind === "event") {
          // Those who made it and those who receive it are calls of their own; what was read from the disk names no call.
          if (entry.origin !== undefined) currentSpan()?.link(entry.origin, { "triptych.sequence": entry.sequence });
          return { done: false, value: entry };
        }
      } else if (this.sequence !== this.log.lastSequence()) {
        const page = this.log.readAfter(this.sequence, PAGE);
        this.turnTo(page instanceof Promise ? await page.catch((error) => this.fail(error)) : page);
      } else if (!(await this.subscription.wait()) && !this.hasLeft) {
        return this.position();
      }
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<FeedUpdate<T>, undefined>> {
    this.hasLeft = true;
    this.page = [];
    this.subscription.leave();
    return { done: true, value: undefined };
  }

  /** Another process has stored events of which this one has yet to hear. */
  private async catchUp(): Promise<void> {
    try {
      await this.log.catchUp?.();
      checkNotAhead(this.log, this.start);
    } catch (error) {
      this.fail(error);
    }
  }

  private turnTo(page: readonly (FeedEvent<T> | UnreadableEvent)[]): void {
    // It would be asked for again and again, and nothing else would have its turn.
    if (page.length === 0) this.fail(new DataLoss(`nothing follows event ${this.sequence} of the feed`));
    this.page = page;
    this.read = 0;
  }

  private fail(error: unknown): never {
    void this.return();
    throw error;
  }

  private passed(sequence: number): void {
    this.sequence = sequence;
    this.read += 1;
    if (this.read === this.page.length) this.page = [];
  }

  private position(): IteratorResult<FeedUpdate<T>, undefined> {
    const { sequence, logId } = this;
    return { done: false, value: { kind: "position", logId, sequence, oldestSequence: this.log.oldestSequence() } };
  }
}

function checkStart(log: CommittedEvents<unknown>, start: FeedStart): void {
  const { afterSequence, recent = 0 } = start;
  if (!Number.isInteger(recent) || recent < 0 || recent > MAX_RECENT) {
    throw new InvalidInput({ field: "recent", description: `must be 0 to ${MAX_RECENT}: got ${recent}` });
  }
  if (afterSequence === undefined) return;
  if (!Number.isInteger(afterSequence) || afterSequence < 0) throw notInLog(log, afterSequence);
  if (start.logId !== undefined && start.logId !== log.logId()) {
    throw new InvalidInput({
      field: "log_id",
      description: `must be ${log.logId()}, the id of the log: got ${start.logId}; start again without after_sequence`,
    });
  }
  // Where others write too, the number may be ahead of what this process has heard of, and is checked once it has asked.
  if (log.catchUp === undefined) checkNotAhead(log, start);
}

function checkNotAhead(log: CommittedEvents<unknown>, { afterSequence = 0 }: FeedStart): void {
  if (afterSequence > log.lastSequence()) throw notInLog(log, afterSequence);
}

function notInLog(log: CommittedEvents<unknown>, afterSequence: number): InvalidInput {
  return new InvalidInput({
    field: "after_sequence",
    description: `must be 0 to ${log.lastSequence()}, the last event: got ${afterSequence}`,
  });
}
