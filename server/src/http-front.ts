import type { IncomingHttpHeaders } from "node:http";
import type { Registry } from "prom-client";
import type { ProbeAnswer } from "./health/probes.ts";
import { applyCors, type CorsOptions } from "./listener/cors.ts";
import type { HttpResponse, RequestListener, StreamListener } from "./listener/http.ts";
import type { RpcHandler } from "@triptych/rpc/create-rpc-handler.ts";

/** Who answers what arrives at the port. */
export interface HttpFrontOptions {
  readonly cors: CorsOptions;
  readonly rpc: RpcHandler;
  /** Answers the path of a health probe; undefined for any other. */
  readonly probes: (path: string) => Promise<ProbeAnswer> | undefined;
  readonly metrics: Registry;
  /** Answers everything else. */
  readonly pages: RequestListener;
}

/** What answers what arrives at the port. */
export interface HttpFront {
  readonly onRequest: RequestListener;
  /** Answers the calls among the streams of HTTP/2. */
  readonly onStream: StreamListener;
}

/** Hands each request to who answers it: calls, where no other origin is involved, preflights, other calls, probes, metrics, pages. */
export function createHttpFront({ cors, rpc, probes, metrics, pages }: HttpFrontOptions): HttpFront {
  const always = { "x-content-type-options": "nosniff" };
  const hasCors = cors.allowedOrigins.length > 0;
  const header = hasCors ? { ...always, vary: "origin" } : always;
  const isOfThisOrigin = ({ origin }: { readonly origin?: string | undefined }) => origin === undefined || !hasCors;

  const onRequest: RequestListener = (request, response) => {
    if (request.method === "POST" && isOfThisOrigin(request.headers) && rpc.handleRequest(request, response, header)) return;
    // What a broken connection brings is told to whoever reads or writes; here it must only not end the process.
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    response.setHeader("x-content-type-options", "nosniff");
    if (applyCors(cors, request, response)) return;
    if (rpc.handleRequest(request, response)) return;
    // Nobody reads a body that comes with anything but a call, so the connection would wait for its end.
    if (!("stream" in request) && hasBody(request.headers)) response.setHeader("connection", "close");
    const path = request.url?.split("?", 1)[0] ?? "";
    const probed = probes(path);
    if (probed !== undefined) void sendProbeAnswer(probed, response);
    else if (path === "/metrics") void sendMetrics(metrics, response);
    else pages(request, response);
  };
  return {
    onRequest,
    onStream: (stream, head, endStream) =>
      isOfThisOrigin(head.headers) && rpc.handleStream(stream, head, endStream, header),
  };
}

function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
}

async function sendProbeAnswer(answer: Promise<ProbeAnswer>, response: HttpResponse): Promise<void> {
  const { status, body } = await answer;
  response.statusCode = status;
  response.setHeader("content-type", "application/json");
  response.setHeader("cache-control", "no-store");
  response.end(body);
}

async function sendMetrics(registry: Registry, response: HttpResponse): Promise<void> {
  const text = await registry.metrics();
  response.setHeader("content-type", registry.contentType);
  response.end(text);
}
