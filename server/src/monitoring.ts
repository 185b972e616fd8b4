import type { HttpRequest, HttpResponse, RequestListener } from "@triptych/rpc/port/http.ts";
import { sendBody } from "@triptych/rpc/port/send-body.ts";
import { sendText } from "@triptych/rpc/port/send-text.ts";
import { type MetricsAccess, metricsRejection } from "./check-metrics-caller.ts";
import type { ProbeAnswer, Probes } from "./health/probes.ts";
import { takesOpenMetrics } from "./metrics/open-metrics.ts";

/** A text of all metrics. */
export interface MetricsText {
  readonly contentType: string;
  metrics(): Promise<string>;
}

/** What a server answers to monitoring. */
export interface MonitoringOptions {
  /** Answers the path of a health probe; undefined for any other. */
  readonly probes: Probes;
  /** In Prometheus' own format. */
  readonly metrics: MetricsText;
  /** For those who take OpenMetrics. */
  readonly openMetrics: MetricsText;
  /** Who may read the metrics. */
  readonly metricsAccess: MetricsAccess;
}

interface Answer {
  readonly status: ProbeAnswer["status"];
  readonly contentType: string;
  readonly body: string;
}

const PROBES: ReadonlySet<string> = new Set(["/healthz", "/readyz"]);
const METRICS = "/metrics";

/** Whether a path is that of a health probe. */
export function isProbe(path: string): boolean {
  return PROBES.has(path);
}

/** Creates what answers a probe or `/metrics`, both of which are only read; undefined for any other path. */
export function createMonitoring({
  probes,
  metrics,
  openMetrics,
  metricsAccess,
}: MonitoringOptions): (path: string) => RequestListener | undefined {
  const readMetrics = shared(() => metrics.metrics());
  const readOpenMetrics = shared(() => openMetrics.metrics());

  async function answerOf(path: string, accept: string | undefined): Promise<Answer> {
    const probed = await probes(path);
    if (probed !== undefined) return { ...probed, contentType: "application/json" };
    return takesOpenMetrics(accept)
      ? { status: 200, contentType: openMetrics.contentType, body: await readOpenMetrics() }
      : { status: 200, contentType: metrics.contentType, body: await readMetrics() };
  }

  async function answer(path: string, request: HttpRequest, response: HttpResponse): Promise<void> {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      sendText(request, response, 405, "this is only read");
      return;
    }
    const { authorization, "x-forwarded-for": forwardedFor } = request.headers;
    const caller = { authorization, forwardedFor, remoteAddress: request.socket.remoteAddress };
    const rejection = isProbe(path) ? undefined : metricsRejection(metricsAccess, caller);
    if (rejection !== undefined) {
      if (rejection.status === 401) response.setHeader("www-authenticate", "Bearer");
      sendText(request, response, rejection.status, rejection.text);
      return;
    }
    const { status, contentType, body } = await answerOf(path, request.headers.accept);
    if (response.destroyed) return;
    const bytes = Buffer.from(body);
    response.statusCode = status;
    response.setHeader("content-type", contentType);
    response.setHeader("content-length", bytes.length);
    response.setHeader("cache-control", "no-store");
    if (request.method === "HEAD") response.end();
    else sendBody(response, bytes);
  }

  return (path) => {
    if (!isProbe(path) && path !== METRICS) return undefined;
    return (request, response) => answer(path, request, response);
  };
}

/** Has all who ask before an answer is there share it. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | undefined;
  return () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
