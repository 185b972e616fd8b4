import type { Caller, Principal } from "../../../domain/caller.ts";
import { NotAllowed } from "../../../domain/errors.ts";
import type { FeedPosition, FeedUpdate, ReadableFeed } from "../../../domain/feed.ts";
import type { Order, OrderDraft } from "./order.ts";

/** An order as a caller sees it. */
export interface SeenOrder extends Order {
  /** Whether it is theirs; never where nobody is asked. */
  readonly isOwn?: boolean;
}

/** An order as a caller sees it. That of another is the same object for all. */
export function seenOrder(order: Order, caller: Caller): SeenOrder {
  return typeof caller === "object" && order.owner === caller.id ? { ...order, isOwn: true } : order;
}

/** Whose orders alone a caller sees; undefined for all. @throws NotAllowed where it is not known who calls. */
export function ownerSeen(caller: Caller): string | undefined {
  if (caller === "anybody") return undefined;
  if (caller === "nobody") throw new NotAllowed("who calls is not known, and so not whose orders are theirs");
  return caller.isAdmin ? undefined : caller.id;
}

/**
 * The order of a caller: it is theirs, and so is its idempotency key, which another caller may use for another order.
 * @throws NotAllowed where it is not known who calls.
 */
export function ownDraft(draft: OrderDraft, caller: Caller): OrderDraft {
  if (caller === "anybody") return draft;
  if (caller === "nobody") throw new NotAllowed("who calls is not known, and so not whose order it is");
  const { idempotencyKey: key } = draft;
  // No key that a client sends has an end of line, so none is another's.
  return { ...draft, owner: caller.id, idempotencyKey: key === undefined ? undefined : `${caller.id}\n${key}` };
}

/** What own feeds work with. */
export interface OwnFeedDependencies {
  /** Milliseconds on a clock that is never set back. */
  readonly now: () => number;
  /** Resolves once what else waits has had its turn. */
  readonly yieldToEventLoop: () => Promise<void>;
}

/**
 * The orders that a caller sees, as they are taken, their own marked; in the place of those of others that they may not see, at most once a second, where the feed stands.
 * @throws NotAllowed where it is not known who calls.
 */
export function ownFeed(
  feed: ReadableFeed<Order>,
  caller: Caller,
  dependencies: OwnFeedDependencies,
): ReadableFeed<SeenOrder> {
  const owner = ownerSeen(caller);
  if (typeof caller !== "object") return feed;
  const seen = { caller, seesAll: owner === undefined };
  return { follow: (start, signal) => new OwnUpdates(feed.follow(start, signal), seen, dependencies) };
}

/** Who follows a feed, and whether they see the orders of others. */
interface Follower {
  readonly caller: Principal;
  readonly seesAll: boolean;
}

/** How often it is said where the feed stands while orders of others pass, in milliseconds. */
const POSITION_MS = 1_000;
/** How many orders of others are passed in a row: those of a long history are at hand, and nothing waits for the client. */
const PASSED_IN_TURN = 128;

/** The updates of a feed, without the orders of others where these are not to be seen. No generator: each order of another would cost several promises. */
class OwnUpdates implements AsyncIterableIterator<FeedUpdate<SeenOrder>, undefined> {
  private readonly updates: AsyncIterator<FeedUpdate<Order>>;
  private readonly follower: Follower;
  private readonly dependencies: OwnFeedDependencies;
  private position: FeedPosition | undefined;
  private positionAt = Number.NEGATIVE_INFINITY;

  constructor(updates: AsyncIterable<FeedUpdate<Order>>, follower: Follower, dependencies: OwnFeedDependencies) {
    this.updates = updates[Symbol.asyncIterator]();
    this.follower = follower;
    this.dependencies = dependencies;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<FeedUpdate<SeenOrder>, undefined>> {
    for (let passed = 1; ; passed++) {
      const { done, value } = await this.updates.next();
      if (done === true) return { done, value: undefined };
      const shown = this.shown(value);
      if (shown !== undefined) return { done: false, value: shown };
      if (passed % PASSED_IN_TURN === 0) await this.dependencies.yieldToEventLoop();
    }
  }

  async return(): Promise<IteratorResult<FeedUpdate<SeenOrder>, undefined>> {
    await this.updates.return?.();
    return { done: true, value: undefined };
  }

  private shown(update: FeedUpdate<Order>): FeedUpdate<SeenOrder> | undefined {
    const { caller, seesAll } = this.follower;
    if (update.kind === "event" && update.event.owner === caller.id)
      return { ...update, event: seenOrder(update.event, caller) };
    // The same object for all who see it, so that its message is made once.
    if (seesAll) return update;
    const now = this.dependencies.now();
    if (update.kind === "event") {
      // So that who follows again need not pass it again, and hears that the feed is alive.
      if (this.position === undefined || now - this.positionAt < POSITION_MS) return undefined;
      this.position = { ...this.position, sequence: update.sequence };
    } else this.position = update;
    this.positionAt = now;
    return this.position;
  }
}
