import type { Peer } from "./call.ts";
import type { RunningHandlers } from "./running-handlers.ts";

/** One call from its headers to its end, as it is tracked. */
export interface TrackedCall {
  /** Those tracked before and after it: a list in the calls themselves, because a set of them leaves garbage. */
  previous?: TrackedCall | undefined;
  next?: TrackedCall | undefined;
  /** Called every second while the call is tracked, so that one that waits for its client in vain can be ended. */
  sweep?(): void;
  /** The other end of its connection. */
  readonly peer?: Peer;
  /** The server drains, or is left by its client: a stream has to end with the reason. */
  drain?(reason: unknown): void;
}

/** How many calls may be in flight. */
export interface CallLimits {
  /** How many calls may be in flight; 0 means as many as come. */
  readonly maxCallsInFlight: number;
  /** Types of services, such as `grpc.health.v1.Health`, that still have `RESERVED_CALLS` places when all others are taken. */
  readonly reservedFor: readonly string[];
}

/** How many calls of the services that have reserved places are taken beyond the limit: enough for every probe, too few to do harm. */
const RESERVED_CALLS = 100;

/** How often calls are swept, in milliseconds. */
export const SWEEP_INTERVAL_MS = 1_000;

/**
 * The calls in flight. A call counts from its headers to its end, and its handler as long as that runs, also when its client has
 * disconnected: the larger of both counts is the one that is limited, so that opening and resetting calls frees nothing.
 */
export class CallsInFlight {
  /** How many calls were rejected because too many were in flight. */
  rejected = 0;
  private readonly first: TrackedCall = {};
  private size = 0;
  private readonly limit: number;
  private readonly reservedFor: ReadonlySet<string>;
  private readonly running: RunningHandlers;
  private timer: NodeJS.Timeout | undefined;

  constructor({ maxCallsInFlight, reservedFor }: CallLimits, running: RunningHandlers) {
    this.limit = maxCallsInFlight === 0 ? Number.POSITIVE_INFINITY : maxCallsInFlight;
    this.reservedFor = new Set(reservedFor);
    this.running = running;
    this.timer = undefined;
  }

  /** How many are open, from their headers to their end. */
  get open(): number {
    return this.size;
  }

  /** How many count towards the limit. */
  get count(): number {
    return Math.max(this.size, this.running.count);
  }

  /** Whether a call of the service has to be rejected; counts it if so. */
  rejects(service: string): boolean {
    if (this.size < this.limit && this.running.count < this.limit) return false;
    if (this.count < this.limit + RESERVED_CALLS && this.reservedFor.has(service)) return false;
    this.rejected += 1;
    return true;
  }

  track(call: TrackedCall): void {
    const { next } = this.first;
    call.previous = this.first;
    call.next = next;
    if (next !== undefined) next.previous = call;
    this.first.next = call;
    this.size += 1;
    this.timer ??= this.startSweeping();
  }

  /** To be called when the call has ended; does nothing for one that is not tracked. */
  untrack(call: TrackedCall): void {
    const { previous, next } = call;
    if (previous === undefined) return;
    previous.next = next;
    if (next !== undefined) next.previous = previous;
    call.previous = undefined;
    call.next = undefined;
    this.size -= 1;
  }

  /** Notifies every call that the server drains; or those of one connection, where a peer is given, that it is to be left. */
  drain(reason: unknown, peer?: Peer): void {
    this.visitAll((call) => {
      if (peer === undefined || call.peer === peer || call.peer?.connection === peer) call.drain?.(reason);
    });
  }

  private visitAll(visit: (call: TrackedCall) => void): void {
    for (let call = this.first.next; call !== undefined; ) {
      // Before the call is visited: it may be untracked then.
      const { next } = call;
      visit(call);
      call = next;
    }
  }

  private startSweeping(): NodeJS.Timeout {
    const timer = setInterval(() => {
      this.visitAll((call) => {
        call.sweep?.();
      });
      if (this.size > 0) return;
      clearInterval(timer);
      this.timer = undefined;
    }, SWEEP_INTERVAL_MS);
    return timer.unref();
  }
}
