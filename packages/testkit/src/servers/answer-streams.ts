import { createExchange } from "@triptych/rpc/http2/exchange.ts";
import type { RequestListener, StreamListener } from "@triptych/rpc/port/http.ts";

/** Answers streams of HTTP/2 as requests over HTTP/1.1 are answered. */
export function answerStreams(onRequest: RequestListener): StreamListener {
  return (stream, head, endStream) => {
    const { request, response } = createExchange(stream, head, endStream);
    for (const half of [request, response]) half.on("error", () => undefined);
    onRequest(request, response);
  };
}
