import type { OutgoingHttpHeaders } from "node:http";
import type { Peer } from "../../call/call.ts";
import { LazyHeaders } from "../../call/lazy-headers.ts";
import { RepeatedHead } from "../../call/repeated-head.ts";
import type { WholeResponse } from "../../call/response-writer.ts";
import type { Route } from "../../call/router.ts";
import type { Http2Connection, Http2Stream, RequestHead } from "../../http2/face.ts";
import { type ClientLookup, type HttpContext, headOf } from "../http-context.ts";
import { Http2Call } from "./http2-call.ts";
import { prepareHead } from "./prepared-heads.ts";

/** Answers a stream of HTTP/2 that is a call, with the headers in `common` beside its own, and returns true; returns false for any other, untouched. */
export function handleStream(
  { settings, route, originOf, clients, admit }: HttpContext,
  stream: Http2Stream,
  head: RequestHead,
  endStream: boolean,
  common: OutgoingHttpHeaders,
): boolean {
  // A head may stand for many requests; where it leads does not change.
  const known = head.derived as RepeatedHead | undefined;
  const found = known?.route ?? route({ verb: head.method, target: head.path, headers: head.headers, isHttp1: false });
  if (found === undefined) return false;
  const repeatedHead = known ?? keepRoute(head, found);
  const admitted = admit(found);
  if ("status" in admitted) {
    reject(stream, admitted, common);
    return true;
  }
  const url = originOf(stream.connection.isEncrypted, head.authority) + head.path;
  const requestHeader = new LazyHeaders(head.headers);
  const peer = peerOf(stream.connection, head.headers["x-forwarded-for"], clients);
  const callHead = headOf(admitted, { requestHeader, url, carrier: "http/2", peer, repeatedHead });
  const call = new Http2Call(settings, callHead, stream, common);
  stream.consumer = call;
  call.start();
  if (admitted.queryMessage !== undefined) call.receiveQuery(admitted.queryMessage);
  else if (endStream) call.end();
  else if (head.headers.expect !== undefined) call.sendContinue(head.headers.expect);
  return true;
}

/** Keeps where a head leads with it, unless that is to an error: that is the call's own, which interceptors may change. */
function keepRoute(head: RequestHead, route: Route): RepeatedHead | undefined {
  if (!("response" in route) && route.options.error !== undefined) return undefined;
  const repeatedHead = new RepeatedHead(route);
  head.derived = repeatedHead;
  return repeatedHead;
}

/** The other end of a call: its connection, unless that is a proxy's, which has not shown what its client has. */
function peerOf(
  connection: Http2Connection,
  forwardedFor: string | readonly string[] | undefined,
  { addressOf, isClient }: ClientLookup,
): Peer {
  const { remoteAddress } = connection;
  return isClient(remoteAddress) ? connection : { remoteAddress: addressOf(remoteAddress, forwardedFor), connection };
}

/** Answers a stream from its head alone; the engine drops what is left of its request, within bounds. */
function reject(stream: Http2Stream, { status, headers, body }: WholeResponse, common: OutgoingHttpHeaders): void {
  stream.sendAll(prepareHead(status, common, headers), body, undefined);
}
