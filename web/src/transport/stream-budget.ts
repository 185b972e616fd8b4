/**
 * How many of the six HTTP/1.1 connections that a browser opens to a host may hold streams. The tabs of a browser share
 * the six, and a stream keeps its connection for as long as it lasts: the others are for pages and unary calls.
 */
export const maxStreamConnections = 3;

/** Why a stream has to go over the WebSocket of its tab. */
export type DiversionReason =
  /** The tabs of this browser hold all the connections that streams may have. */
  | "budget-spent"
  /** Tabs cannot agree on who holds one: Web Locks need a secure origin and site data. */
  | "no-locks";

/** What a stream may go over. */
export type StreamPermit =
  | {
      readonly carrier: "http";
      /** Gives the connection back. Safe to call more than once. */
      release(): void;
    }
  | { readonly carrier: "websocket"; readonly reason: DiversionReason };

/** Shares the connections that streams may hold between the tabs of one browser. */
export interface StreamBudget {
  /** Asks for a connection for one stream. Answers at once, never waits for another stream to end, and never rejects. */
  request(): Promise<StreamPermit>;
}

/** What a budget is kept with. */
export interface StreamBudgetOptions {
  /** The locks that all tabs of the origin share; undefined where the browser gives the page none. */
  readonly locks: Pick<LockManager, "request"> | undefined;
  /** Whether one connection carries many streams, as with HTTP/2: then there is nothing to share. */
  isMultiplexed(): boolean;
}

/** Creates the budget of a tab. A tab that crashes or is closed gives back what it holds, because its locks go with it. */
export function createStreamBudget({ locks, isMultiplexed }: StreamBudgetOptions): StreamBudget {
  let releasing: Promise<unknown> = Promise.resolve();

  async function takeOne(manager: Pick<LockManager, "request">): Promise<StreamPermit> {
    // A stream that follows another one within this tab has the connection of that one.
    await releasing;
    for (let place = 1; place <= maxStreamConnections; place++) {
      const lock = await tryLock(manager, `triptych-stream-${place}`);
      if (lock === undefined) continue;
      const release = () => {
        lock.release();
        releasing = Promise.allSettled([releasing, lock.released]);
      };
      return { carrier: "http", release };
    }
    return { carrier: "websocket", reason: "budget-spent" };
  }

  return {
    async request() {
      if (isMultiplexed()) return { carrier: "http", release() {} };
      if (locks === undefined) return { carrier: "websocket", reason: "no-locks" };
      return takeOne(locks).catch(() => ({ carrier: "websocket", reason: "no-locks" }));
    },
  };
}

interface HeldLock {
  release(): void;
  /** Resolves once others can have the lock. */
  readonly released: Promise<unknown>;
}

/** Takes a lock if nobody has it. Rejects where the browser refuses the page locks. */
function tryLock(locks: Pick<LockManager, "request">, name: string): Promise<HeldLock | undefined> {
  const answer = Promise.withResolvers<HeldLock | undefined>();
  const held = Promise.withResolvers<void>();
  const released: Promise<unknown> = locks.request(name, { ifAvailable: true }, (lock) => {
    if (lock === null) return answer.resolve(undefined);
    answer.resolve({ release: held.resolve, released });
    return held.promise;
  });
  released.catch(answer.reject);
  return answer.promise;
}
