import type { ProcessPlace } from "../../../domain/process-place.ts";

/** How long something took that was done many times, in seconds; the shares say nothing where it was not done. */
export interface Durations {
  readonly count: number;
  readonly p50Seconds: number;
  readonly p95Seconds: number;
  readonly p99Seconds: number;
}

/** A count since the start of the server, and what of it is of the last minute. */
export interface Counted {
  readonly count: number;
  readonly recent: number;
}

/** The calls of a method that ended with a status code. */
export interface CodeFigures extends Counted {
  readonly code: string;
  /** Whether it says that the server has failed, or lacks time, room or a working store. */
  readonly isTrouble: boolean;
}

/** The calls of a method. */
export interface MethodFigures {
  /** Such as `package.Service/Method`. */
  readonly method: string;
  readonly streams: boolean;
  readonly inFlight: number;
  readonly faults: number;
  readonly recentFaults: number;
  readonly protocols: readonly {
    readonly protocol: string;
    readonly codes: readonly CodeFigures[];
    readonly recent: Durations;
  }[];
}

/** A call that the server is to blame for. */
export interface FailedCall {
  readonly time: Date;
  readonly method: string;
  readonly protocol: string;
  readonly code: string;
  /** Whether that is a fault of the server; else it lacked time, room or a working store. */
  readonly isFault: boolean;
  readonly seconds: number;
  readonly traceId: string | undefined;
  readonly requestId: string | undefined;
}

/** How a server is. Counts are since its start; what is recent is of the last minute, or less where it has not run that long. */
export interface ServerFigures {
  readonly time: Date;
  readonly uptimeSeconds: number;
  readonly recentSeconds: number;
  /** Those to look at first. */
  readonly methods: readonly MethodFigures[];
  readonly refusals: readonly (Counted & { readonly metric: string; readonly reason: string })[];
  /** The latest first. */
  readonly failedCalls: readonly FailedCall[];
  readonly load: {
    readonly connections: number;
    readonly calls: number;
    readonly handlers: number;
    readonly answers: number;
    readonly requestBytes: number;
    readonly held: Readonly<Record<string, number>>;
  };
  /** Which of the processes is shown, and how it is. */
  readonly process: ProcessPlace & {
    readonly residentBytes: number;
    readonly heapBytes: number;
    readonly eventLoopP99Seconds: number;
    readonly eventLoopMaxSeconds: number;
  };
  readonly store: {
    readonly pendingWrites: number;
    readonly lagSeconds: number;
    readonly recentWrites: Durations;
    readonly recentSyncs: Durations;
  };
  readonly model: {
    readonly version: number;
    readonly isTraining: boolean;
    readonly hasFailed: boolean;
    readonly changedLikes: number;
  };
}

/** Where the figures of a server come from. */
export interface FiguresSource {
  /**
   * Yields the figures at once, and again every two seconds. Never ends by itself; rejects with the signal's reason once that is aborted, and with
   * TooMuchWork where too many watch.
   */
  watch(signal: AbortSignal): AsyncIterable<ServerFigures>;
}
