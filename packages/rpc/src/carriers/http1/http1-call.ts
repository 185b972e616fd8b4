import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import type { RequestHead } from "../../call/call.ts";
import { SWEEP_INTERVAL_MS } from "../../call/calls-in-flight.ts";
import type { WholeResponse } from "../../call/response-writer.ts";
import type { CallSettings } from "../../call/settings.ts";
import { type Deferred, deferFlush } from "../../http2/flush-scheduler.ts";
import { mergeHeaders } from "../../protocols/merge-headers.ts";
import { HttpCall } from "../http-call.ts";
import { drainRequest } from "./drain-request.ts";

/** Larger responses are not worth copying. */
const ONE_PIECE_BYTES = 16_384;
const NO_BYTES = new Uint8Array(0);
/** When so many bytes wait for the implementation, the request is not read. */
const PAUSE_AT_BYTES = 65_536;
/** How long a client may take nothing of a response that is ready, in milliseconds. */
const WRITE_TIMEOUT_MS = 30_000;
/** A client that takes less than this, in bytes a second, of a response that is ready takes too long. */
const LEAST_BYTES_PER_SECOND = 1_024;

/** What HTTP/1.1 brings and takes. */
export interface Http1Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Sent with every response. */
  readonly common: OutgoingHttpHeaders;
}

/** A call over HTTP/1.1. */
export class Http1Call extends HttpCall implements Deferred {
  protected readonly contentLength: string | undefined;
  private readonly request: IncomingMessage;
  private readonly response: ServerResponse;
  private readonly common: OutgoingHttpHeaders;
  private readyMs = 0;
  private wholeBody: Uint8Array = NO_BYTES;

  constructor(settings: CallSettings, head: RequestHead, { request, response, common }: Http1Exchange) {
    super(settings, head);
    this.request = request;
    this.response = response;
    this.common = common;
    this.contentLength = request.headers["content-length"];
  }

  /** Follows the request and the response to their ends. */
  follow(): void {
    const { request, response } = this;
    request.on("data", (chunk: Uint8Array) => this.receive(chunk));
    request.on("end", () => this.endRequest());
    // A broken connection is handled when it closes; its error must only not end the process.
    request.on("error", ignore);
    response.on("error", ignore);
    response.on("drain", () => this.drained());
    response.on("close", () => this.disconnected(causeOf(request.errored)));
  }

  get isClosed(): boolean {
    return this.response.destroyed;
  }

  override receive(chunk: Uint8Array): void {
    super.receive(chunk);
    if (this.owedBytes >= PAUSE_AT_BYTES) this.request.pause();
  }

  consumed(): void {
    if (this.owedBytes < PAUSE_AT_BYTES && this.request.isPaused()) this.request.resume();
  }

  sendResponse({ status, headers, body = NO_BYTES, trailers }: WholeResponse): void {
    if (trailers !== undefined) {
      this.writeHead(status, headers);
      this.endBody(body, trailers);
      return;
    }
    this.headersSent = true;
    this.response.writeHead(status, { ...mergeHeaders(this.common, headers), "content-length": body.length });
    this.wholeBody = body;
    deferFlush(this);
  }

  /** Writes a whole response, with those of other calls. */
  runDeferred(): void {
    const { wholeBody: body, response } = this;
    if (body.length > ONE_PIECE_BYTES) response.end(body);
    // As text of one byte a character, in which Node writes headers, too: both then go out in one piece, which takes half the time.
    else response.end(Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1"), "latin1");
    drainRequest(this.request);
  }

  destroy(): void {
    this.response.destroy();
  }

  override sweep(): void {
    super.sweep();
    if (!this.response.writableEnded) return;
    this.readyMs += SWEEP_INTERVAL_MS;
    const { writableFinished, writableLength } = this.response;
    const timeoutMs = writableFinished
      ? WRITE_TIMEOUT_MS
      : WRITE_TIMEOUT_MS + (writableLength / LEAST_BYTES_PER_SECOND) * 1_000;
    if (this.readyMs > timeoutMs) this.response.destroy();
  }

  protected cut(): void {
    this.response.destroy();
  }

  protected writeHead(status: number, headers: OutgoingHttpHeaders): void {
    this.headersSent = true;
    this.response.writeHead(status, mergeHeaders(this.common, headers));
    // Not `flushHeaders`, which writes headers beyond ASCII in UTF-8 where Node writes all others byte by byte.
    this.response.write("", "latin1");
  }

  protected writeBody(bytes: Uint8Array): boolean {
    return this.response.write(bytes);
  }

  protected endBody(bytes: Uint8Array | undefined, trailers: OutgoingHttpHeaders | undefined): void {
    if (trailers !== undefined) this.response.addTrailers(trailers);
    this.response.end(bytes);
    drainRequest(this.request);
  }
}

/** Why a call was cancelled whose connection was closed; undefined when that went without an error. */
function causeOf(error: Error | null): ConnectError | undefined {
  return error === null ? undefined : ConnectError.from(error, Code.Aborted);
}

function ignore(): void {}
