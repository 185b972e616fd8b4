import { once } from "node:events";
import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { relaxGrpcMessage } from "@triptych/rpc/protocols/grpc-status.ts";
import { isFramingHeader } from "@triptych/rpc/protocols/response-parts.ts";
import type { NodeResponse } from "./node-http.ts";

/** What HTTP/1.1 says of a connection. Node throws for it over HTTP/2, for trailers so late that nobody could catch it. */
const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  "connection",
  "http2-settings",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Writes a response of the library to a response of Node. Waits whenever the client is slower than the messages, so that
 * only what the socket buffers hold is in memory; no longer, though, than until the signal is aborted that says that the call is over: a
 * client that stops reading must not hold its call. Ends early, and ends the body, when the client has left.
 */
export async function sendResponse(
  response: UniversalServerResponse,
  out: NodeResponse,
  over: () => AbortSignal | undefined = () => undefined,
): Promise<void> {
  const body = response.body?.[Symbol.asyncIterator]();
  try {
    // The first chunk comes first: until then the implementation may set headers.
    let chunk = await body?.next();
    if (!out.headersSent) setHead(out, response.status, response.header);
    for (; chunk !== undefined && !chunk.done; chunk = await body?.next()) {
      if (!(await write(out, chunk.value, over()))) return;
    }
    if (response.trailer !== undefined) {
      // HTTP/2 would end a response without a body together with its headers, and leave the trailers out.
      if (!out.headersSent) out.flushHeaders();
      relaxGrpcMessage(response.trailer);
      const isSent = (name: string) => !isFramingHeader(name) && !("stream" in out && CONNECTION_HEADERS.has(name));
      out.addTrailers(Object.fromEntries([...response.trailer].filter(([name]) => isSent(name))));
    }
    out.end();
  } finally {
    await body?.return?.();
  }
}

/** Sends status and headers now, without waiting for the body; does nothing when they are sent or the client has left. */
export function sendHeaders(out: NodeResponse, status: number, header: Headers | undefined): void {
  if (out.headersSent || hasLeft(out)) return;
  setHead(out, status, header);
  // Over HTTP/1.1 `flushHeaders` writes headers beyond ASCII in UTF-8, where Node writes all others byte by byte.
  if ("stream" in out) out.flushHeaders();
  else out.write("", "latin1");
}

/** Sends status and headers as the whole response: over HTTP/2 the headers themselves end it, as gRPC asks of a status in headers. */
export function sendHeadersOnly(out: NodeResponse, status: number, header: Headers): void {
  if (out.headersSent || hasLeft(out)) return;
  setHead(out, status, header);
  out.end();
}

/** The answers whose length the library does not count: one that is told was set by the implementation. */
const UNCOUNTED = /^application\/(grpc|connect\+)/;

function setHead(out: NodeResponse, status: number, header: Headers | undefined): void {
  out.statusCode = status;
  const counted = !UNCOUNTED.test(header?.get("content-type") ?? "");
  for (const [name, value] of header ?? []) {
    if (isFramingHeader(name) && !(counted && name === "content-length")) continue;
    if (!("stream" in out && CONNECTION_HEADERS.has(name))) out.setHeader(name, value);
  }
  // The one header that comes more than once.
  const cookies = header?.getSetCookie() ?? [];
  if (cookies.length > 1) out.setHeader("set-cookie", cookies);
}

/** Writes a chunk and waits until there is room for the next, or the call is over; false when the client has left. */
async function write(
  out: NodeResponse & NodeJS.WritableStream,
  chunk: Uint8Array,
  over: AbortSignal | undefined,
): Promise<boolean> {
  if (hasLeft(out)) return false;
  if (out.write(chunk) || over?.aborted === true) return true;
  await drainedOrClosed(out, over);
  return !hasLeft(out);
}

/** Whether nobody is left to send to. A response of HTTP/2 does not tell by itself, but its stream does. */
function hasLeft(out: NodeResponse): boolean {
  return "stream" in out ? out.stream.closed || out.stream.destroyed : out.destroyed;
}

async function drainedOrClosed(out: NodeResponse, over: AbortSignal | undefined): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  try {
    await Promise.race([
      once(out, "drain", { signal }),
      once(out, "close", { signal }),
      ...(over === undefined ? [] : [once(over, "abort", { signal })]),
    ]);
  } finally {
    settled.abort();
  }
}
