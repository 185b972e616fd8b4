import type { OutgoingHttpHeaders } from "node:http";
import type { ServerHttp2Stream } from "node:http2";
import { withoutConnectionHeaders } from "../connection-headers.ts";
import type { Reply, WholeAnswer } from "./reply.ts";

const WITH_TRAILERS = { waitForTrailers: true };

/** Answers on a stream of HTTP/2 itself, without the objects that Node makes for handlers that know HTTP/1.1 only. */
export class Http2Reply implements Reply {
  private readonly stream: ServerHttp2Stream;
  /** Sent with every answer. */
  private readonly common: OutgoingHttpHeaders;
  private trailers: OutgoingHttpHeaders | undefined;

  constructor(stream: ServerHttp2Stream, common: OutgoingHttpHeaders) {
    this.stream = stream;
    this.common = common;
    this.trailers = undefined;
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
    this.trailers = trailers;
    if (bytes === undefined) this.stream.end();
    else this.stream.end(bytes);
  }

  destroy(): void {
    this.stream.destroy();
  }

  private respond(status: number, headers: OutgoingHttpHeaders, trailers: boolean): void {
    const head = { ":status": status, ...this.common, ...headers };
    const options = trailers ? WITH_TRAILERS : undefined;
    // What HTTP/2 does not carry is left out where Node refuses it: it is too rare to look for in every call.
    try {
      this.stream.respond(head, options);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.stream.respond(withoutConnectionHeaders(head), options);
    }
    if (trailers) this.stream.on("wantTrailers", () => this.sendTrailers());
  }

  private sendTrailers(): void {
    const { trailers = {} } = this;
    try {
      this.stream.sendTrailers(trailers);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.stream.sendTrailers(withoutConnectionHeaders(trailers));
    }
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_HTTP2_INVALID_CONNECTION_HEADERS";
}
