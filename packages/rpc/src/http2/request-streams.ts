import type { ServerConnection } from "./connection.ts";
import { writeTimeoutOf } from "./connection-timers.ts";
import type { ControlWriter } from "./control-writer.ts";
import type { DecodedHead } from "./decoded-head.ts";
import { ErrorCode } from "./error-code.ts";
import type { StreamCloseCause } from "./face.ts";
import type { FloodGuard } from "./flood-guard.ts";
import { type BadBlock, HeaderBlocks } from "./header-blocks.ts";
import type { Http2Limits } from "./limits.ts";
import { ReceiveWindow } from "./receive-window.ts";
import type { Sender } from "./sender.ts";
import { ServerStream } from "./server-stream.ts";
import { StreamTable } from "./stream-table.ts";

/** The streams of a connection between the frames that come and the handler that serves them. */
export class RequestStreams {
  readonly connection: ServerConnection;
  readonly sender: Sender;
  readonly guard: FloodGuard;
  readonly streams: StreamTable = new StreamTable();
  readonly blocks: HeaderBlocks;
  /** The window of the connection. */
  readonly receiveWindow: ReceiveWindow;
  /** Whether the client knows our settings. */
  areSettingsKnown = false;
  private readonly limits: Http2Limits;
  private readonly control: ControlWriter;

  constructor(connection: ServerConnection) {
    const { limits } = connection;
    this.connection = connection;
    this.limits = limits;
    this.sender = connection.sender;
    this.control = connection.control;
    this.guard = connection.guard;
    this.blocks = new HeaderBlocks(limits);
    this.receiveWindow = new ReceiveWindow(limits.connectionWindowSize);
  }

  /** Opens a stream for a request, or rejects it. */
  openStream(id: number, head: DecodedHead | BadBlock, endStream: boolean): void {
    if (id > this.connection.shutdown.lastAccepted) {
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

  /** Hands a part of a request on to its consumer. */
  deliver(stream: ServerStream, bytes: Buffer): void {
    try {
      stream.consumer.data(bytes);
    } catch (error) {
      this.consumerFailed(stream, error);
    }
  }

  /** Hands the end of a request on to its consumer. */
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

  /** Notifies a consumer that there is room again. */
  deliverDrained(stream: ServerStream): void {
    try {
      stream.consumer.drained();
    } catch (error) {
      this.consumerFailed(stream, error);
    }
  }

  /** Ends a stream on which the client has broken the protocol. */
  streamError(stream: ServerStream, code: number, reason: string): void {
    this.reset(stream, code, reason);
    this.guard.invalidFrame();
  }

  /** The same for a stream that is closed, of which only the number is left. */
  closedStreamError(id: number, code: number): void {
    this.guard.invalidFrame();
    this.control.rstStream(id, code);
    this.streams.rememberReset(id);
  }

  /** Ends a stream that the client has reset. */
  peerReset(stream: ServerStream, code: number): void {
    const wasClosed = stream.isClosed;
    this.close(stream, { kind: "peer-reset", code });
    // One that has its response costs nothing more.
    if (!wasClosed) this.guard.streamAbandoned();
  }

  /** Resets a stream and notifies its consumer. */
  reset(stream: ServerStream, code: number, reason: string): void {
    if (this.streams.open.get(stream.id) !== stream) return;
    this.control.rstStream(stream.id, code);
    if (!stream.requestEnded) this.streams.rememberReset(stream.id);
    this.close(stream, { kind: "reset", code, reason });
  }

  /** Drops what comes of a request after its response, within bounds. */
  dropRest(stream: ServerStream, bytes: number): void {
    stream.restBytes += bytes;
    stream.consumed(bytes);
    if (stream.restBytes > this.limits.maxRestBytes) this.cutRest(stream);
  }

  private cutRest(stream: ServerStream): void {
    this.reset(stream, ErrorCode.noError, "the request went on after its response");
  }

  /** The response of a stream is out to its end. */
  responseSent(stream: ServerStream): void {
    if (stream.requestEnded) this.remove(stream);
    else {
      // Never a reset at once: clients on Node throw away the response that comes just before it. What comes is dropped for a while.
      this.streams.limit(stream, this.connection.now() + this.limits.restTimeoutMs);
      stream.consumed(stream.unconsumed);
    }
    this.notifyClosed(stream, undefined);
  }

  /** A response is complete of which a part waits. */
  responseWaits(stream: ServerStream): void {
    this.streams.limit(stream, this.connection.now() + writeTimeoutOf(this.limits, stream.bufferedBytes));
  }

  /** Opens windows again by what was consumed: that of the stream, while its request goes on, and that of the connection. */
  returnWindow(stream: ServerStream, bytes: number): void {
    this.returnConnectionWindow(bytes);
    if (stream.requestEnded) return;
    const increment = stream.receiveWindow.giveBack(bytes);
    if (increment > 0) this.control.windowUpdate(stream.id, increment);
  }

  returnConnectionWindow(bytes: number): void {
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

  /** Ends all streams, without a frame, and forgets the header block that is not whole. */
  closeAll(cause: StreamCloseCause): void {
    this.blocks.open = undefined;
    for (const stream of this.streams.open.values()) this.close(stream, cause);
  }

  private serve(id: number, head: DecodedHead, endStream: boolean): void {
    const stream = new ServerStream(id, this, this.limits.streamWindowSize, head.contentLength, endStream);
    this.streams.add(stream);
    this.guard.streamOpened();
    try {
      this.connection.handler.stream(stream, head, endStream);
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
    this.connection.onError(error);
    this.reset(stream, ErrorCode.internalError, "the consumer failed");
  }

  private close(stream: ServerStream, cause: StreamCloseCause): void {
    this.remove(stream);
    this.notifyClosed(stream, cause);
  }

  /** Takes a stream out of the table; nothing is left of it. */
  private remove(stream: ServerStream): void {
    this.streams.delete(stream);
    this.sender.drop(stream);
    if (stream.unconsumed > 0) {
      this.returnConnectionWindow(stream.unconsumed);
      stream.unconsumed = 0;
    }
    this.connection.streamClosed();
  }

  private notifyClosed(stream: ServerStream, cause: StreamCloseCause | undefined): void {
    try {
      stream.notifyClosed(cause);
    } catch (error) {
      this.connection.onError(error);
    }
  }
}
