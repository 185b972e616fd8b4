import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A span as it was exported. */
export interface ExportedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1 is internal, 2 of a server. */
  readonly kind: number;
  /** Nanoseconds since 1970. */
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[];
  readonly droppedEventsCount: number;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
  /** What was said of the server that exported it. */
  readonly resource: Readonly<Record<string, unknown>>;
}

/** Takes spans over OTLP, as a collector does. */
export interface OtlpReceiver {
  readonly url: string;
  /** All spans that have come. */
  readonly spans: readonly ExportedSpan[];
  /** The headers of the requests. */
  readonly headers: readonly IncomingHttpHeaders[];
  /** The status of HTTP that the next requests get, one each; 200 after them. */
  answer(...statuses: readonly number[]): void;
  close(): Promise<void>;
}

/** Starts a receiver on a free port of the loopback. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ExportedSpan[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    headers.push(request.headers);
    const status = request.url === "/v1/traces" ? (statuses.shift() ?? 200) : 404;
    if (status === 200) spans.push(...readSpans(JSON.parse(body)));
    response.writeHead(status, { connection: "close", "content-type": "application/json" }).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // Of a server that listens on a port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    headers,
    answer: (...next) => void statuses.push(...next),
    async close() {
      server.close();
      await once(server, "close");
    },
  };
}

interface KeyValue {
  readonly key: string;
  readonly value: {
    readonly stringValue?: string;
    readonly intValue?: string;
    readonly boolValue?: boolean;
    readonly doubleValue?: number;
  };
}

interface Described {
  readonly attributes: readonly KeyValue[];
}

/** A request to export spans, as far as it is read here. */
interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: Described;
    readonly scopeSpans: readonly { readonly spans: readonly SpanJson[] }[];
  }[];
}

interface SpanJson extends Omit<ExportedSpan, "start" | "end" | "attributes" | "events" | "resource">, Described {
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly events: readonly ({ readonly name: string } & Described)[];
}

function readSpans({ resourceSpans }: ExportRequest): ExportedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map((span) => readSpan(span, record(resource)))),
  );
}

function readSpan(json: SpanJson, resource: ExportedSpan["resource"]): ExportedSpan {
  const { startTimeUnixNano, endTimeUnixNano, events, ...rest } = json;
  return {
    ...rest,
    start: BigInt(startTimeUnixNano),
    end: BigInt(endTimeUnixNano),
    attributes: record(json),
    events: events.map((event) => ({ name: event.name, attributes: record(event) })),
    resource,
  };
}

function record({ attributes }: Described): Record<string, string | number | boolean> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, boolValue, doubleValue } }) => [
      key,
      stringValue ?? boolValue ?? doubleValue ?? Number(intValue),
    ]),
  );
}
