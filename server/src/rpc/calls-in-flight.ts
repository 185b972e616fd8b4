import type { RunningHandlers } from "./running-handlers.ts";

/** One call from its headers to its end. */
export interface Flight {
  /** Those that came before and after it among all that are open: a list in the calls themselves, because a set of them leaves garbage. */
  previous?: Flight | undefined;
  next?: Flight | undefined;
  /** Looked at every second while the call is open, so that one that waits for its client in vain can be ended. */
  look?(): void;
}

/** How many calls may be open. */
export interface FlightLimits {
  /** How many calls may be in flight; 0 means as many as come. */
  readonly maxCallsInFlight: number;
  /** Types of services, such as `grpc.health.v1.Health`, that still have `RESERVED_CALLS` places when all others are taken. */
  readonly reservedFor: readonly string[];
}

/** How many calls of the services that have reserved places are taken beyond the limit: enough for every probe, too few to do harm. */
const RESERVED_CALLS = 100;

/** How often open calls are looked at, in milliseconds. */
export const LOOK_INTERVAL_MS = 1_000;

/**
 * The calls in flight. A call counts from its headers to its end, and its handler as long as that runs, also when its client has left:
 * the larger of both counts is the one that is limited, so that opening and resetting calls frees nothing.
 */
export class CallsInFlight {
  /** How many calls were refused because too many were in flight. */
  refused = 0;
  private readonly first: Flight = {};
  private size = 0;
  private readonly limit: number;
  private readonly reservedFor: ReadonlySet<string>;
  private readonly running: RunningHandlers;
  private timer: NodeJS.Timeout | undefined;

  constructor({ maxCallsInFlight, reservedFor }: FlightLimits, running: RunningHandlers) {
    this.limit = maxCallsInFlight === 0 ? Number.POSITIVE_INFINITY : maxCallsInFlight;
    this.reservedFor = new Set(reservedFor);
    this.running = running;
    this.timer = undefined;
  }

  /** How many count towards the limit. */
  get count(): number {
    return Math.max(this.size, this.running.count);
  }

  /** How many are open, from their headers to their end. */
  get open(): number {
    return this.size;
  }

  /** Whether a call of most services has to be refused. */
  get isFull(): boolean {
    return this.size >= this.limit || this.running.count >= this.limit;
  }

  /** Whether a call of the service has to be refused; counts it if so. */
  refuses(service: string | undefined): boolean {
    if (!this.isFull) return false;
    if (this.count < this.limit + RESERVED_CALLS && this.reservedFor.has(service ?? "")) return false;
    this.refused += 1;
    return true;
  }

  enter(flight: Flight): void {
    const { next } = this.first;
    flight.previous = this.first;
    flight.next = next;
    if (next !== undefined) next.previous = flight;
    this.first.next = flight;
    this.size += 1;
    this.timer ??= this.startLooking();
  }

  /** To be called when the call is over; does nothing for one that has left. */
  leave(flight: Flight): void {
    const { previous, next } = flight;
    if (previous === undefined) return;
    previous.next = next;
    if (next !== undefined) next.previous = previous;
    flight.previous = undefined;
    flight.next = undefined;
    this.size -= 1;
  }

  private startLooking(): NodeJS.Timeout {
    const timer = setInterval(() => {
      for (let flight = this.first.next; flight !== undefined; ) {
        // Before it is looked at: it may leave then.
        const { next } = flight;
        flight.look?.();
        flight = next;
      }
      if (this.size > 0) return;
      clearInterval(timer);
      this.timer = undefined;
    }, LOOK_INTERVAL_MS);
    return timer.unref();
  }
}
