import type { IncomingHttpHeaders } from "node:http";
import { constants, type ServerHttp2Stream } from "node:http2";
import { isHost, NO_HOST } from "./is-host.ts";

function ignore(): void {}

/**
 * Readies a stream of HTTP/2 for whoever answers it, and returns true; returns false for one that nobody is to answer: it is gone already,
 * or its request is malformed and the stream is reset for that. A client that waits for leave to send its body gets it. Where the host is
 * none, which says nothing of a call, it becomes `NO_HOST`.
 */
export function prepareHttp2Stream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): boolean {
  if (stream.closed || stream.destroyed) {
    stream.on("error", ignore);
    return false;
  }
  // The types do not know that a pseudo-header comes once.
  const authority = headers[":authority"] as string | undefined;
  const { host = authority } = headers;
  if (authority !== undefined && host !== undefined && !isSame(authority, host)) {
    stream.on("error", ignore);
    stream.close(constants.NGHTTP2_PROTOCOL_ERROR);
    return false;
  }
  if (!isHost(host)) headers[":authority"] = NO_HOST;
  if (headers.expect?.toLowerCase() === "100-continue") {
    stream.additionalHeaders({ ":status": 100 });
    // Node's layer for requests and responses would say so again.
    delete headers.expect;
  }
  return true;
}

function isSame(authority: string, host: string): boolean {
  return authority === host || withoutDefaultPort(authority) === withoutDefaultPort(host);
}

function withoutDefaultPort(host: string): string {
  return host.toLowerCase().replace(/:(?:80|443)?$/, "");
}
