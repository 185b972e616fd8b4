import type { IncomingMessage } from "node:http";
import { isHost } from "./is-host.ts";

/** A target that names the whole URL, as to a proxy: its host, and its path and query. */
const ABSOLUTE = /^https?:\/\/([^/?#]*)([^#]*)$/i;

/**
 * Checks what Node's parser lets pass, and returns what is wrong with a request, to be rejected with 400; undefined when it is fine. A target
 * that names the whole URL becomes its path, and its host the one that counts (RFC 9112, 3.2.2). Clients of HTTP/1.0 need not name a host:
 * theirs becomes `localhost`.
 */
export function prepareHttp1Request(request: IncomingMessage): string | undefined {
  const { headers, rawHeaders } = request;
  if (request.httpVersion === "1.0") {
    // Where its body ends is anybody's guess (RFC 9112, 6.1).
    if (headers["transfer-encoding"] !== undefined) return "HTTP/1.0 has no transfer-encoding";
    headers.host ??= "localhost";
  }
  if (hostLines(rawHeaders) > 1) return "a request has one host";
  if (!isHost(headers.host)) return "the host must be a name or an address";
  return readTarget(request) ? undefined : "the target must be a path or a URL of http or https";
}

function hostLines(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") count += 1;
  }
  return count;
}

function readTarget(request: IncomingMessage): boolean {
  const { url = "" } = request;
  if (url.startsWith("/") || url === "*") return true;
  const [, host, path = ""] = ABSOLUTE.exec(url) ?? [];
  if (!isHost(host)) return false;
  request.headers.host = host;
  request.url = path.startsWith("/") ? path : `/${path}`;
  return true;
}
