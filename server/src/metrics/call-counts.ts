import type { ProtocolName } from "@triptych/rpc/protocols/wire-format.ts";
import type { CallObserver, EndedCall, ObservedMethod } from "../interceptors/observe-calls.ts";
import { Histogram } from "./histogram.ts";

/** The upper ends of the ranges in which durations are counted, in seconds: all that any metric of calls shows. */
export const LATENCY_BOUNDS: readonly number[] = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 60,
];

/** The calls of a method that ended alike. */
export interface CallEnds {
  readonly protocol: ProtocolName;
  /** The name of their status code, such as `NotFound`, or `ok`. */
  readonly code: string;
  /** How long they took, in seconds. */
  readonly durations: Histogram;
}

/** What is counted of the calls of one method. */
export class MethodCounts {
  readonly method: ObservedMethod;
  /** Such as `package.Service/Method`. */
  readonly name: string;
  started = 0;
  inFlight = 0;
  /** Messages of requests that were read. */
  received = 0;
  /** Messages of responses that were made. */
  sent = 0;
  /** Calls that have failed by a fault of the server. */
  faults = 0;
  /** By protocol and status code, as they have come. */
  readonly ends: CallEnds[] = [];

  constructor(method: ObservedMethod) {
    this.method = method;
    this.name = method.path.slice(1);
  }

  /** Counts the end of a call. */
  ended({ protocol, code, isFault, milliseconds, traceId }: EndedCall): void {
    this.inFlight -= 1;
    if (isFault) this.faults += 1;
    this.endsOf(protocol, code).durations.observe(milliseconds / 1_000, traceId);
  }

  /** One of a handful, which are looked through faster than a key for them is made. */
  private endsOf(protocol: ProtocolName, code: string): CallEnds {
    for (const known of this.ends) if (known.code === code && known.protocol === protocol) return known;
    const made = { protocol, code, durations: new Histogram(LATENCY_BOUNDS) };
    this.ends.push(made);
    return made;
  }
}

/** What is counted of all calls. */
export interface CallCounts {
  readonly observer: CallObserver;
  /** The methods that were called. */
  readonly methods: Iterable<MethodCounts>;
}

/** Counts calls by method, protocol and status code, in plain numbers. */
export function createCallCounts(): CallCounts {
  const byMethod = new Map<ObservedMethod, MethodCounts>();
  const countsOf = (method: ObservedMethod): MethodCounts => {
    const known = byMethod.get(method);
    if (known !== undefined) return known;
    const made = new MethodCounts(method);
    byMethod.set(method, made);
    return made;
  };
  return {
    methods: { [Symbol.iterator]: () => byMethod.values() },
    observer: {
      started({ method }) {
        const counts = countsOf(method);
        counts.started += 1;
        counts.inFlight += 1;
      },
      received({ method }) {
        countsOf(method).received += 1;
      },
      sent({ method }) {
        countsOf(method).sent += 1;
      },
      ended: (ended) => countsOf(ended.call.method).ended(ended),
    },
  };
}
