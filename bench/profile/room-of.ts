import type { CallFrame } from "./cpu-profile.ts";

/** The name under which time without work goes. */
export const IDLE = "idle";

const NATIVE = "native code (sockets, nghttp2)";

/** What V8 itself does, by the names that its profiles use. */
const OF_THE_ENGINE: Readonly<Record<string, string>> = {
  "(garbage collector)": "garbage collection",
  "(program)": NATIVE,
  "(root)": NATIVE,
  "(idle)": IDLE,
};

/** The places of a server by where their code is: the first that fits. */
const ROOMS: readonly (readonly [room: string, url: RegExp])[] = [
  ["library: connect", /\/node_modules\/@connectrpc\//],
  ["library: protobuf", /\/node_modules\/@bufbuild\//],
  ["library: pino", /\/node_modules\/(pino|sonic-boom|thread-stream|safe-stable-stringify|quick-format-unescaped)\b/],
  ["library: prom-client", /\/node_modules\/(prom-client|tdigest)\b/],
  ["library: ws", /\/node_modules\/ws\//],
  ["library: kysely", /\/node_modules\/kysely\//],
  ["library: other", /\/node_modules\//],
  ["listener", /\/server\/src\/listener\//],
  ["rpc: HTTP/2", /\/packages\/rpc\/src\/http2\//],
  ["rpc: calls", /\/packages\/rpc\/src\/call\//],
  ["rpc: protocols", /\/packages\/rpc\/src\/protocols\//],
  ["rpc: carriers", /\/packages\/rpc\/src\/carriers\//],
  ["rpc: messages", /\/packages\/rpc\/src\/messages\//],
  ["rpc", /\/packages\/rpc\/src\//],
  ["interceptors", /\/server\/src\/interceptors\//],
  ["store", /\/server\/src\/store\//],
  ["live", /\/server\/src\/live\//],
  ["service", /\/server\/src\/[\w-]+\/|\/bench\/peers\//],
  ["front", /\/server\/src\//],
  ["wire", /\/wire\//],
  ["messages", /\/proto\/gen\//],
  ["node: http2", /^node:(internal\/)?http2/],
  ["node: http", /^node:(_http|internal\/http|http)/],
  ["node: sqlite", /^node:(internal\/)?sqlite/],
  ["node: sockets and streams", /^node:(net|stream|internal\/(streams|stream_base_commons|js_stream_socket|net))/],
  ["node: other", /^node:/],
];

/**
 * The place of a server that a function belongs to; undefined for what is built into V8 and works for its caller.
 */
export function roomOf({ functionName, url }: Pick<CallFrame, "functionName" | "url">): string | undefined {
  if (url === "") return OF_THE_ENGINE[functionName];
  return ROOMS.find(([, pattern]) => pattern.test(url))?.[0] ?? "other";
}
