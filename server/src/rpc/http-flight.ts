import type { ServerResponse } from "node:http";
import { constants, type ServerHttp2Stream } from "node:http2";
import { type Flight, LOOK_INTERVAL_MS } from "./calls-in-flight.ts";
import { REST_LIMIT_MS } from "./end-request.ts";

/** How long a client may take nothing of an answer that is ready, in milliseconds. */
const ANSWER_PATIENCE_MS = 30_000;
/** How long a client may take nothing of an answer that is too late, because the deadline of its call has passed, in milliseconds. */
const LATE_PATIENCE_MS = 1_000;
/** A client that takes less than this, in bytes a second, of an answer that is ready takes too long. */
const LEAST_BYTES_PER_SECOND = 1_024;

/** A call over HTTP. It cuts off a client that does not take its answer or does not end its request after it, and tells when nothing comes of the request. */
export class HttpFlight implements Flight {
  previous: Flight | undefined = undefined;
  next: Flight | undefined = undefined;
  private readonly answer: ServerHttp2Stream | ServerResponse;
  private readonly silenceLimitMs: number;
  private silentMs = 0;
  private readyMs = 0;
  /** Whether the request is being read, so that silence counts. */
  protected isReading = false;

  constructor(answer: ServerHttp2Stream | ServerResponse, silenceLimitMs: number) {
    this.answer = answer;
    this.silenceLimitMs = silenceLimitMs;
  }

  /** Says that a part of the request has come. */
  heard(): void {
    this.silentMs = 0;
  }

  look(): void {
    if (this.isReading) {
      this.silentMs += LOOK_INTERVAL_MS;
      if (this.silentMs > this.silenceLimitMs) this.silenced();
    } else if (this.answer.writableEnded) {
      this.readyMs += LOOK_INTERVAL_MS;
      if (this.readyMs > this.patienceMs) this.cut();
    }
  }

  /** Hears that nothing of the request has come for too long, and has to stop reading. */
  protected silenced(): void {}

  /** Whether the deadline has passed, after which the client waits for nothing. */
  protected get isLate(): boolean {
    return false;
  }

  private get patienceMs(): number {
    const { writableFinished, writableLength } = this.answer;
    // The client has the answer, and goes on with its request all the same.
    if (writableFinished) return REST_LIMIT_MS;
    if (this.isLate) return LATE_PATIENCE_MS;
    return ANSWER_PATIENCE_MS + (writableLength / LEAST_BYTES_PER_SECOND) * 1_000;
  }

  private cut(): void {
    const { answer } = this;
    if (!("rstCode" in answer)) answer.destroy();
    else answer.close(answer.writableFinished ? constants.NGHTTP2_NO_ERROR : constants.NGHTTP2_CANCEL);
  }
}
