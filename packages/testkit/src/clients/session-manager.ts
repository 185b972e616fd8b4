import type { ClientHttp2Stream, Http2Session, OutgoingHttpHeaders, SecureClientSessionOptions } from "node:http2";
import { Http2SessionManager } from "@connectrpc/connect-node";

/**
 * The connection of an HTTP/2 transport, closed a moment after the last call, or as late as is asked for, whose late errors end no process: connect-node listens for none
 * once it has begun to close a connection, so that a server which is killed in that moment would fail whichever test runs.
 */
export function sessionManager(
  baseUrl: string,
  nodeOptions: SecureClientSessionOptions = {},
  idleConnectionTimeoutMs: number = IDLE_MS,
): Http2SessionManager {
  return new TolerantSessionManager(baseUrl, { idleConnectionTimeoutMs }, nodeOptions);
}

/** How long a moment is, in milliseconds, unless something else is asked for. */
const IDLE_MS = 50;

class TolerantSessionManager extends Http2SessionManager {
  readonly #seen = new WeakSet<Http2Session>();

  override async request(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    options: Parameters<Http2SessionManager["request"]>[3],
  ): Promise<ClientHttp2Stream> {
    const stream = await super.request(method, path, headers, options);
    this.#tolerate(stream.session);
    return stream;
  }

  #tolerate(session: Http2Session | undefined) {
    if (session === undefined || this.#seen.has(session)) return;
    this.#seen.add(session);
    session.on("error", () => undefined);
  }
}
