import type { OutgoingHttpHeaders } from "node:http";
import type { ServerHttp2Stream } from "node:http2";
import { withoutConnectionHeaders } from "../connection-headers.ts";
import { mergeHeaders } from "../merge-headers.ts";
import type { Reply, WholeAnswer } from "./reply.ts";

const WITH_TRAILERS = { waitForTrailers: true };

const TRAILERS = Symbol("the trailers of an answer");

interface WithTrailers {
  [TRAILERS]?: OutgoingHttpHeaders | undefined;
}

/** Answers on a stream of HTTP/2 itself, without the objects that Node makes for handlers that know HTTP/1.1 only. */
export class Http2Reply implements Reply {
  private readonly stream: ServerHttp2Stream & WithTrailers;
  /** Sent with every answer. */
  private readonly common: OutgoingHttpHeaders;

  constructor(stream: ServerHttp2Stream, common: OutgoingHttpHeaders) {
    this.stream = stream;
    this.common = common;
  }

  get gone(): boolean {
    return this.stream.closed || this.stream.destroyed;
  }

  send({ status, headers, body, trailers }: WholeAnswer): void {
    this.respond(status, headers, trailers !== undefined);
    this.end(body, trailers);
  }

  head(headers: OutgoingHttpHeaders, trailers: boolean): void {
    this.respond(200, headers, trailers);
  }

  write(bytes: Uint8Array): boolean {
    return this.stream.write(bytes);
  }

  onDrain(resume: () => void): void {
    this.stream.once("drain", resume);
  }

  end(bytes: Uint8Array | undefined, trailers: OutgoingHttpHeaders | undefined): void {
    this.stream[TRAILERS] = trailers;
    if (bytes === undefined) this.stream.end();
    else this.stream.end(bytes);
  }

  destroy(): void {
    this.stream.destroy();
  }

  private respond(status: number, headers: OutgoingHttpHeaders, trailers: boolean): void {
    const head = headOf(status, this.common, headers);
    const options = trailers ? WITH_TRAILERS : undefined;
    // What HTTP/2 does not carry is left out where Node refuses it: it is too rare to look for in every call.
    try {
      this.stream.respond(head, options);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.stream.respond(withoutConnectionHeaders(head), options);
    }
    if (trailers) this.stream.on("wantTrailers", sendTrailers);
  }
}

const heads = new WeakMap<OutgoingHttpHeaders, WeakMap<OutgoingHttpHeaders, OutgoingHttpHeaders>>();

/** The head of an answer; made once for headers that are frozen, which nearly all answers have. */
function headOf(status: number, common: OutgoingHttpHeaders, headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  if (status !== 200 || !Object.isFrozen(headers)) return { ":status": status, ...mergeHeaders(common, headers) };
  const known = heads.get(headers)?.get(common);
  if (known !== undefined) return known;
  const head = { ":status": status, ...mergeHeaders(common, headers) };
  const byCommon = heads.get(headers) ?? new WeakMap();
  heads.set(headers, byCommon.set(common, head));
  return head;
}

/** One function for all streams, which finds the trailers on the stream: it must not keep the call alive (see `IncomingCall`). */
function sendTrailers(this: ServerHttp2Stream & WithTrailers): void {
  const { [TRAILERS]: trailers = {} } = this;
  try {
    this.sendTrailers(trailers);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    this.sendTrailers(withoutConnectionHeaders(trailers));
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_HTTP2_INVALID_CONNECTION_HEADERS";
}
