import { prepareHeaders } from "@triptych/rpc/http2/prepare-headers.ts";
import type { ListenerOptions } from "../listener/create-listener.ts";
import type { StreamListener } from "../listener/http.ts";
import { refuseUpgrade } from "../listener/refuse-upgrade.ts";
import { sendText } from "../listener/send-text.ts";

/** Answers a stream of HTTP/2 with 404. */
const notFound: StreamListener = (stream) => {
  stream.consumer = { data: (chunk) => stream.consumed(chunk.length), end() {}, closed() {}, drained() {} };
  stream.sendAll(prepareHeaders(404), undefined, undefined);
};

/**
 * The options of a listener in clear text that has nothing but what a test adds: streams of HTTP/2 and upgrades are answered with 404, connections
 * are not limited, and errors are dropped.
 */
export const listenerOptions: Omit<ListenerOptions, "onRequest"> = {
  certificate: undefined,
  onStream: notFound,
  onUpgrade: refuseUpgrade,
  onMalformed: (request, response, reason) => sendText(request, response, 400, reason),
  onError: () => undefined,
  keepAliveMs: 75_000,
  maxConnectionsPerAddress: 0,
};
