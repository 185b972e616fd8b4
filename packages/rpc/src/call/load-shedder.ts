import type { DescMethod } from "@bufbuild/protobuf";
import { Code, type ConnectError } from "@connectrpc/connect";
import type { Call } from "./call.ts";
import { CallerUse } from "./caller-use.ts";
import type { Method } from "./method.ts";
import { OverloadLevel } from "./overload-level.ts";
import { retryLater } from "./retry-later.ts";
import { ShedOrder } from "./shed-order.ts";

/** When calls are shed. */
export interface LoadSheddingOptions {
  /** How late the timers of the event loop may be for long, in milliseconds. */
  readonly maxDelayMs: number;
  /** What a call of a method costs; as in a fair share unless given, and 1 where there is none. */
  readonly costOf?: ((method: DescMethod) => number) | undefined;
  /** Who makes a call; as in a fair share unless given. All others are known by their address. */
  readonly callerOf?: ((call: Call) => string | undefined) | undefined;
}

/** What surrounds it. */
export interface SheddingSurroundings {
  readonly methods: Iterable<Method>;
  /** What the calls of one client have in common, of its address. */
  readonly clientOf: (remoteAddress: string | undefined) => string;
  /** The services of which no call is shed. */
  readonly neverOf: readonly string[];
}

/** How often the delay is measured, in milliseconds. */
const INTERVAL_MS = 50;
/** When to try again, in milliseconds, spread by so many steps: what was shed together must not come back together. */
const RETRY_MS = 1_000;
const RETRY_STEPS = 10;
const STEP_MS = 100;

/**
 * Sheds calls while the event loop is overloaded, by `ShedOrder`. It measures how late a timer is; while that is within the target a call costs it one look at its level. Streams
 * that are open go on.
 */
export class LoadShedder {
  /** How many calls were shed. */
  refused = 0;
  /** How overloaded the event loop is: from 0, not at all. */
  level = 0;
  private readonly order: ShedOrder;
  private readonly overload: OverloadLevel;
  private readonly use = new CallerUse();
  private readonly callerOf: LoadSheddingOptions["callerOf"];
  private readonly clientOf: SheddingSurroundings["clientOf"];
  private readonly neverOf: ReadonlySet<string>;
  private readonly timer: NodeJS.Timeout;
  private isSecond = false;

  constructor({ maxDelayMs, callerOf }: LoadSheddingOptions, { methods, clientOf, neverOf }: SheddingSurroundings) {
    const unary = [...methods].filter(({ streams }) => !streams);
    this.order = new ShedOrder(unary.map(({ cost }) => cost));
    this.overload = new OverloadLevel({ maxDelayMs, highest: this.order.highest });
    this.callerOf = callerOf;
    this.clientOf = clientOf;
    this.neverOf = new Set(neverOf);
    let last = performance.now();
    this.timer = setInterval(() => {
      const now = performance.now();
      this.observe(now - last - INTERVAL_MS, now);
      last = now;
    }, INTERVAL_MS).unref();
  }

  /** Returns the error of a call that is shed; undefined where it is let in. */
  admit(call: Call): ConnectError | undefined {
    return this.level === 0 ? undefined : this.admitUnderLoad(call);
  }

  /** Measures no longer. */
  stop(): void {
    clearInterval(this.timer);
  }

  private observe(delayMs: number, now: number): void {
    this.overload.observe(delayMs, now);
    this.level = this.overload.value;
    if (this.level === 0) this.use.clear();
    else this.use.age(now);
  }

  private admitUnderLoad(call: Call): ConnectError | undefined {
    const { cost, streams, desc } = call.method;
    if (this.neverOf.has(desc.parent.typeName)) return undefined;
    const caller = this.callerOf?.(call) ?? this.clientOf(call.peer.remoteAddress);
    const { use, level, isSecond } = this;
    this.isSecond = !isSecond;
    if (!this.order.sheds(level, { cost, streams, use: use.of(caller), meanUse: use.mean, isSecond })) {
      use.add(caller, cost);
      return undefined;
    }
    this.refused += 1;
    return overloaded(this.refused % RETRY_STEPS);
  }
}

const made: ConnectError[] = [];

/** One for all calls of a step: to make an error takes as long as many a handler. */
function overloaded(step: number): ConnectError {
  const retryInMs = RETRY_MS + step * STEP_MS;
  const text = `the server is overloaded, and answers what costs it less: try again in ${retryInMs} ms`;
  const error = made[step] ?? retryLater(Code.Unavailable, text, retryInMs);
  made[step] = error;
  return error;
}
