import type { Logger } from "pino";
import type { SpanSource } from "../services/trace/domain/span-view.ts";
import { LossLog } from "./loss-log.ts";
import { postSpans } from "./post-spans.ts";
import type { SpanSink } from "./recorded-span.ts";
import { createSampler, type Sampling } from "./sampler.ts";
import { SpanExporter } from "./span-exporter.ts";
import { SpanRing } from "./span-ring.ts";
import { type CallTracing, traceCalls } from "./trace-calls.ts";

/** How a server traces. */
export interface TracingConfig extends Sampling {
  /** Where spans are exported to over OTLP, by a URL as `URL` writes it; undefined for nowhere. */
  readonly exporter: { readonly url: string; readonly headers: Readonly<Record<string, string>> } | undefined;
  /** What is said of the server with its spans: `service.name` and others. */
  readonly resource: Readonly<Record<string, string>>;
  /** Whether the spans of clients are the parents of calls. */
  readonly trustsParents: boolean;
  /** Whether clients are shown the spans of the server. */
  readonly showsSpans: boolean;
  /** How often those who watch spans are sent something, in milliseconds. */
  readonly heartbeatMs: number;
}

/** What traces a server. */
export interface Tracing extends CallTracing {
  /** The latest spans, where clients are shown them. */
  readonly spans: SpanSource | undefined;
  /** How many spans could not be exported. */
  readonly lostSpans: number;
  /** How many clients watch spans. */
  readonly watchers: number;
  /** Exports what is left, as far as that takes no longer than 2.5 seconds. */
  close(): Promise<void>;
}

/** Creates what traces the calls of a server. */
export function createTracing(config: TracingConfig, logger: Pick<Logger, "warn">): Tracing {
  const losses = new LossLog(logger);
  const exporter = config.exporter && createExporter(config.exporter, config.resource, losses);
  const ring = config.showsSpans ? new SpanRing(config) : undefined;
  const sink: SpanSink = {
    started: (span) => ring?.started(span),
    changed: (span) => ring?.changed(span),
    ended(span) {
      ring?.ended(span);
      exporter?.add(span);
    },
  };
  return {
    ...traceCalls({ sink, sampler: createSampler(config), trustsParents: config.trustsParents }),
    spans: ring,
    get lostSpans() {
      return exporter?.lost ?? 0;
    },
    get watchers() {
      return ring?.watchers ?? 0;
    },
    async close() {
      await exporter?.close();
      losses.flush();
    },
  };
}

function createExporter(
  { url, headers }: NonNullable<TracingConfig["exporter"]>,
  resource: TracingConfig["resource"],
  losses: LossLog,
): SpanExporter {
  return new SpanExporter({
    send: postSpans(url, headers),
    resource,
    onLost: (count, why) => losses.add(count, why),
  });
}
