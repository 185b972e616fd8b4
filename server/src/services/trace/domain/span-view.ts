import type { Attributes, SpanContext } from "../../../domain/span.ts";

/** A span as it is now. Times are in nanoseconds since 1970. */
export interface SpanView {
  readonly context: SpanContext;
  /** Undefined for the first span of a trace. */
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly start: bigint;
  /** Undefined while it has not ended. */
  readonly end: bigint | undefined;
  readonly error: string | undefined;
  readonly attributes: Attributes;
  readonly events: readonly { readonly name: string; readonly time: bigint; readonly attributes: Attributes }[];
  readonly droppedEvents: number;
  readonly links: readonly SpanContext[];
}

/** As many spans as a message may have. */
export interface ShownSpans {
  /** In the order in which they began. */
  readonly spans: readonly SpanView[];
  /** How many there were beyond these. */
  readonly omitted: number;
}

/** The spans that a server keeps. */
export interface SpanSource {
  /** Those of a trace, or linked with it from its first span. */
  ofTrace(traceId: string): ShownSpans;
  /**
   * Yields those of a trace, then those of it that have begun, changed or ended since, each once however often, and none as heartbeat while nothing
   * happens. Never ends by itself; rejects with the signal's reason once that is aborted, and with TooMuchWork where too many watch.
   */
  watch(traceId: string, signal: AbortSignal): AsyncIterable<ShownSpans>;
}
