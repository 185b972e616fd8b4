import { connect, constants } from "node:http2";
import type { Protocol } from "../raw/call-protocol.ts";
import { bodyOf, headersOf, pathOf } from "./call-bytes.ts";
import type { WayIn } from "./open-call.ts";

/** Calls over HTTP/2. */
export function overHttp2(protocol: Protocol): WayIn {
  return {
    name: `${protocol} over HTTP/2`,
    carries: () => true,
    async open(port, order) {
      const session = connect(`http://127.0.0.1:${port}`).on("error", () => undefined);
      const head = { ":method": "POST", ":path": pathOf(order.kind), ...headersOf(protocol, order) };
      const stream = session.request(head).on("error", () => undefined);
      const answered = Promise.withResolvers<void>();
      const over = Promise.withResolvers<void>();
      stream.on("data", () => answered.resolve()).on("close", () => over.resolve());
      stream.end(bodyOf(protocol, order));
      return {
        answered: answered.promise,
        over: over.promise,
        cancel: () => stream.close(constants.NGHTTP2_CANCEL),
        reset: () => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
        destroy: () => session.destroy(),
        leave: () => session.close(),
      };
    },
  };
}
