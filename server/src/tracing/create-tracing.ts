import type { Logger } from "pino";
import { postSpans } from "./post-spans.ts";
import type { SpanSink } from "./recorded-span.ts";
import { createSampler, type Sampling } from "./sampler.ts";
import { SpanExporter } from "./span-exporter.ts";
import { type CallTracing, traceCalls } from "./trace-calls.ts";

/** How a server traces. */
export interface TracingConfig extends Sampling {
  /** Where spans are exported to over OTLP. */
  readonly exporter: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  /** What is said of the server with its spans: `service.name` and others. */
  readonly resource: Readonly<Record<string, string>>;
  /** Whether the spans of clients are the parents of calls. */
  readonly trustsParents: boolean;
}

/** What traces a server. */
export interface Tracing extends CallTracing {
  /** How many spans could not be exported. */
  readonly lostSpans: number;
  /** Exports what is left. */
  close(): Promise<void>;
}

/** How often the loss of spans is logged at most, in milliseconds. */
const LOG_EVERY_MS = 60_000;

/** Creates what traces the calls of a server. */
export function createTracing(config: TracingConfig, logger: Pick<Logger, "warn">): Tracing {
  let loggedAt = Number.NEGATIVE_INFINITY;
  const exporter = new SpanExporter({
    send: postSpans(config.exporter.url, config.exporter.headers),
    resource: config.resource,
    onLost(count, why) {
      if (performance.now() - loggedAt < LOG_EVERY_MS) return;
      loggedAt = performance.now();
      logger.warn({ count, why }, "spans are lost");
    },
  });
  const sink: SpanSink = {
    started: () => undefined,
    changed: () => undefined,
    ended: (span) => exporter.add(span),
  };
  return {
    ...traceCalls({ sink, sampler: createSampler(config), trustsParents: config.trustsParents }),
    get lostSpans() {
      return exporter.lost;
    },
    close: () => exporter.close(),
  };
}
