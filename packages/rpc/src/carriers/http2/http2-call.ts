import type { OutgoingHttpHeaders } from "node:http";
import type { RequestHead as CallHead } from "../../call/call.ts";
import type { WholeResponse } from "../../call/response-writer.ts";
import type { CallSettings } from "../../call/settings.ts";
import { ErrorCode } from "../../http2/error-code.ts";
import type { Http2Stream, StreamCloseCause, StreamConsumer } from "../../http2/face.ts";
import { prepareHeaders } from "../../http2/prepare-headers.ts";
import { mergeHeaders } from "../../protocols/merge-headers.ts";
import { HttpCall } from "../http-call.ts";
import { cancellationCause } from "./close-cause.ts";
import { prepareHead, prepareHeadWithLength, prepareTrailers } from "./prepared-heads.ts";

const CONTINUE = prepareHeaders(100);

/** A call on a stream of HTTP/2. */
export class Http2Call extends HttpCall implements StreamConsumer {
  protected readonly contentLength: string | undefined;
  private readonly stream: Http2Stream;
  /** Sent with every response. */
  private readonly common: OutgoingHttpHeaders;

  constructor(settings: CallSettings, head: CallHead, stream: Http2Stream, common: OutgoingHttpHeaders) {
    super(settings, head);
    this.stream = stream;
    this.common = common;
    this.contentLength = head.requestHeader.get("content-length") ?? undefined;
  }

  get isClosed(): boolean {
    return this.stream.isClosed;
  }

  data(chunk: Uint8Array): void {
    // The engine's bytes are valid only now.
    this.receive(Buffer.from(chunk));
  }

  end(): void {
    this.endRequest();
  }

  closed(cause: StreamCloseCause): void {
    this.disconnected(cancellationCause(cause));
  }

  /** Answers an `expect` of the request: its client waits with the body until then (RFC 9110, section 10.1.1). */
  sendContinue(expectation: string): void {
    if (expectation.toLowerCase() === "100-continue" && !this.headersSent) this.stream.informational(CONTINUE);
  }

  sendResponse({ status, headers, body, trailers }: WholeResponse): void {
    this.headersSent = true;
    const head =
      this.format.statusIn === "http"
        ? prepareHeadWithLength(status, mergeHeaders(this.common, headers), body?.length ?? 0)
        : prepareHead(status, this.common, headers);
    this.stream.sendAll(head, body, trailers && prepareTrailers(trailers));
  }

  consumed(bytes: number): void {
    // Base64 is a third longer; what is more than the client sent is not counted.
    this.stream.consumed(this.format.text.request ? Math.ceil(bytes / 3) * 4 + 4 : bytes);
  }

  destroy(): void {
    this.stream.reset(ErrorCode.internalError);
  }

  protected cut(): void {
    this.stream.reset(ErrorCode.cancel);
  }

  protected writeHead(status: number, headers: OutgoingHttpHeaders): void {
    this.stream.respond(prepareHead(status, this.common, headers), false);
  }

  protected writeBody(bytes: Uint8Array): boolean {
    return this.stream.write(bytes);
  }

  protected endBody(bytes: Uint8Array | undefined, trailers: OutgoingHttpHeaders | undefined): void {
    this.stream.end(bytes, trailers && prepareTrailers(trailers));
  }
}
