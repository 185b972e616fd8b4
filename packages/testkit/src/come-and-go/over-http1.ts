import { Agent, request } from "node:http";
import type { Protocol } from "../raw/call-protocol.ts";
import { bodyOf, headersOf, pathOf } from "./call-bytes.ts";
import type { WayIn } from "./open-call.ts";

/** Calls over HTTP/1.1. It has no two-way streams, and a client that wants no more can but close the connection. */
export function overHttp1(protocol: Protocol): WayIn {
  return {
    name: `${protocol} over HTTP/1.1`,
    carries: (kind) => kind !== "bidi",
    async open(port, order) {
      const agent = new Agent({ keepAlive: true });
      const options = { host: "127.0.0.1", port, path: pathOf(order.kind), method: "POST", agent };
      const sent = request({ ...options, headers: headersOf(protocol, order) });
      const answered = Promise.withResolvers<void>();
      const over = Promise.withResolvers<void>();
      sent.on("error", () => over.resolve());
      sent.on("response", (response) => {
        response.on("data", () => answered.resolve());
        response.on("error", () => undefined).on("close", () => over.resolve());
      });
      sent.end(bodyOf(protocol, order));
      return {
        answered: answered.promise,
        over: over.promise,
        cancel: () => sent.destroy(),
        reset: () => sent.socket?.resetAndDestroy(),
        destroy: () => sent.socket?.destroy(),
        leave: () => agent.destroy(),
      };
    },
  };
}
