import { writePatience } from "./connection-timers.ts";
import type { ControlWriter } from "./control-writer.ts";
import type { DecodedHead } from "./decoded-head.ts";
import type { Departure } from "./departure.ts";
import { ErrorCode } from "./error-code.ts";
import type { Http2Connection, Http2Handler, StreamCloseCause } from "./face.ts";
import type { FloodGuard } from "./flood-guard.ts";
import { type BadBlock, HeaderBlocks } from "./header-blocks.ts";
import type { Http2Limits } from "./limits.ts";
import { ReceiveWindow } from "./receive-window.ts";
import type { RequestTarget } from "./request-frames.ts";
import type { Sender } from "./sender.ts";
import { ServerStream, type StreamOwner } from "./server-stream.ts";
import { StreamTable } from "./stream-table.ts";

/** What the streams of a connection are served with. */
export interface RequestStreamsOptions {
  readonly connection: Http2Connection;
  readonly limits: Http2Limits;
  readonly handler: Http2Handler;
  readonly sender: Sender;
  readonly control: ControlWriter;
  readonly guard: FloodGuard;
  readonly departure: Departure;
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
  /** Hears that a stream is closed for good. */
  readonly onStreamClosed: () => void;
}

/** The streams of a connection between the frames that come and the handler that serves them. */
export class RequestStreams implements RequestTarget, StreamOwner {
  readonly connection: Http2Connection;
  readonly sender: Sender;
  readonly guard: FloodGuard;
  readonly streams: StreamTable = new StreamTable();
  readonly blocks: HeaderBlocks;
  readonly receiveWindow: ReceiveWindow;
  readonly maxRestBytes: number;
  /** Whether the client knows our settings. */
  areSettingsKnown = false;
  private readonly limits: Http2Limits;
  private readonly handler: Http2Handler;
  private readonly control: ControlWriter;
  private readonly departure: Departure;
  private readonly now: () => number;
  private readonly onError: (error: unknown) => void;
  private readonly onStreamClosed: () => void;

  constructor(options: RequestStreamsOptions) {
    this.connection = options.connection;
    this.limits = options.limits;
    this.handler = options.handler;
    this.sender = options.sender;
    this.control = options.control;
    this.guard = options.guard;
    this.departure = options.departure;
    this.now = options.now;
    this.onError = options.onError;
    this.onStreamClosed = options.onStreamClosed;
    this.blocks = new HeaderBlocks(options.limits);
    this.receiveWindow = new ReceiveWindow(options.limits.connectionWindowSize);
    this.maxRestBytes = options.limits.maxRestBytes;
  }

  openStream(id: number, head: DecodedHead | BadBlock, endStream: boolean): void {
    if (id > this.departure.lastAccepted) {
      // Section 6.8: ignored, with all that follows on it.
      this.guard.streamAbandoned();
      this.streams.rememberReset(id);
      return;
    }
    if (head === "too large") this.rejectStream(id, endStream, ErrorCode.enhanceYourCalm);
    else if (head === "malformed" || (endStream && head.contentLength > 0)) {
      this.guard.invalidFrame();
      this.rejectStream(id, endStream, ErrorCode.protocolError);
    } else if (this.streams.open.size >= this.limits.maxConcurrentStreams) this.refuseStream(id, endStream);
    else this.serve(id, head, endStream);
  }

  deliver(stream: ServerStream, bytes: Buffer): void {
    try {
      stream.consumer.data(bytes);
    } catch (error) {
      this.consumerFailed(stream, error);
    }
  }

  deliverEnd(stream: ServerStream, trailers: Readonly<Record<string, string>> | undefined): void {
    // What consumer.data threw, or did, may have closed the stream.
    if (this.streams.open.get(stream.id) !== stream) return;
    stream.endRequest();
    if (stream.isResponseSent) {
      this.remove(stream);
      return;
    }
    try {
      stream.consumer.end(trailers);
    } catch (error) {
      this.consumerFailed(stream, error);
    }
  }

  /** Tells a consumer that there is room again. */
  deliverDrained(stream: ServerStream): void {
    try {
      stream.consumer.drained();
    } catch (error) {
      this.consumerFailed(stream, error);
    }
  }

  streamError(stream: ServerStream, code: number, reason: string): void {
    this.reset(stream, code, reason);
    this.guard.invalidFrame();
  }

  closedStreamError(id: number, code: number): void {
    this.guard.invalidFrame();
    this.control.rstStream(id, code);
    this.streams.rememberReset(id);
  }

  peerReset(stream: ServerStream, code: number): void {
    const wasClosed = stream.isClosed;
    this.close(stream, { kind: "peer-reset", code });
    // One that has its response costs nothing more.
    if (!wasClosed) this.guard.streamAbandoned();
  }

  reset(stream: ServerStream, code: number, reason: string): void {
    if (this.streams.open.get(stream.id) !== stream) return;
    this.control.rstStream(stream.id, code);
    if (!stream.requestEnded) this.streams.rememberReset(stream.id);
    this.close(stream, { kind: "reset", code, reason });
  }

  cutRest(stream: ServerStream): void {
    this.reset(stream, ErrorCode.noError, "the request went on after its response");
  }

  responseSent(stream: ServerStream): void {
    if (stream.requestEnded) this.remove(stream);
    else {
      // Never a reset at once: clients on Node throw away the response that comes just before it. What comes is dropped for a while.
      this.streams.limit(stream, this.now() + this.limits.restTimeoutMs);
      stream.consumed(stream.unconsumed);
    }
    this.tellClosed(stream, undefined);
  }

  responseWaits(stream: ServerStream): void {
    this.streams.limit(stream, this.now() + writePatience(this.limits, stream.bufferedBytes));
  }

  returnCredit(stream: ServerStream, bytes: number): void {
    this.returnConnectionCredit(bytes);
    if (stream.requestEnded) return;
    const increment = stream.receiveWindow.giveBack(bytes);
    if (increment > 0) this.control.windowUpdate(stream.id, increment);
  }

  returnConnectionCredit(bytes: number): void {
    const increment = this.receiveWindow.giveBack(bytes);
    if (increment > 0) this.control.windowUpdate(0, increment);
  }

  /** Ends streams that have waited too long. */
  sweep(now: number): void {
    for (const stream of this.streams.timed) {
      if (now < stream.cutAt) continue;
      if (stream.isResponseSent) this.cutRest(stream);
      else this.reset(stream, ErrorCode.cancel, "the client does not take its response");
    }
  }

  /** Ends all streams, without a frame. */
  closeAll(cause: StreamCloseCause): void {
    for (const stream of this.streams.open.values()) this.close(stream, cause);
  }

  private serve(id: number, head: DecodedHead, endStream: boolean): void {
    const stream = new ServerStream(id, this, this.limits.streamWindowSize, head.contentLength, endStream);
    this.streams.add(stream);
    this.guard.streamOpened();
    try {
      this.handler.stream(stream, head, endStream);
    } catch (error) {
      this.consumerFailed(stream, error);
    }
  }

  private refuseStream(id: number, endStream: boolean): void {
    // One that does not know the limit yet has done nothing wrong; that its streams are reset counts all the same.
    if (this.areSettingsKnown) this.guard.streamRefused();
    this.rejectStream(id, endStream, ErrorCode.refusedStream);
  }

  private rejectStream(id: number, endStream: boolean, code: number): void {
    this.guard.streamAbandoned();
    this.control.rstStream(id, code);
    if (!endStream) this.streams.rememberReset(id);
  }

  private consumerFailed(stream: ServerStream, error: unknown): void {
    this.onError(error);
    this.reset(stream, ErrorCode.internalError, "the consumer failed");
  }

  private close(stream: ServerStream, cause: StreamCloseCause): void {
    this.remove(stream);
    this.tellClosed(stream, cause);
  }

  /** Takes a stream out of the table; nothing is left of it. */
  private remove(stream: ServerStream): void {
    this.streams.delete(stream);
    this.sender.drop(stream);
    if (stream.unconsumed > 0) {
      this.returnConnectionCredit(stream.unconsumed);
      stream.unconsumed = 0;
    }
    this.onStreamClosed();
  }

  private tellClosed(stream: ServerStream, cause: StreamCloseCause | undefined): void {
    try {
      stream.tellClosed(cause);
    } catch (error) {
      this.onError(error);
    }
  }
}
