import type { FloodGuard } from "./flood-guard.ts";
import { FRAME_HEADER_BYTES, FrameFlag, FrameType, MAX_31_BITS, MAX_FRAME_PAYLOAD, writeFrameHeader } from "./frame.ts";
import { writeBlock, writeInParts } from "./header-frames.ts";
import { Outbox } from "./outbox.ts";
import type { OutputBuffer } from "./output-buffer.ts";
import { PreparedHeaders } from "./prepare-headers.ts";
import { type DateSource, MAX_DATE_BYTES, ResponseDate } from "./response-date.ts";

/** The window of streams and connections before anything was said about it (RFC 9113, section 6.9.2). */
export const DEFAULT_WINDOW = 65_535;
/** How much one connection may send in a turn before others have theirs, in bytes. */
const TURN_BYTES = 262_144;
/** A size update to 0: this side uses no dynamic table any longer (RFC 7541, sections 4.2 and 6.3). */
const NO_TABLE = Uint8Array.of(0x20);
const NOTHING = new Uint8Array(0);

/** What the sender has to know of a stream. */
export interface SendingStream {
  readonly id: number;
  /** How much the client takes on this stream; less than 0 when it has taken some back (RFC 9113, section 6.9.2). */
  sendWindow: number;
  outbox: Outbox | undefined;
  /** The response is out to its end. */
  responseSent(): void;
}

/**
 * Sends the frames of responses as far as the windows of the client and the socket let it. What cannot go out stays in the outboxes of the
 * streams, which take turns frame by frame.
 */
export class Sender {
  /** How much the client takes on the connection. */
  window: number = DEFAULT_WINDOW;
  /** The window that a new stream begins with. */
  initialWindow: number = DEFAULT_WINDOW;
  /** Bytes of bodies that wait. */
  bufferedBytes = 0;
  /** Streams whose consumers are to be notified that there is room again. */
  drained: SendingStream[] = [];
  private sentThisTurn = 0;
  private needsSizeUpdate = false;
  /** Streams that could send, were it their turn, and those that wait for the window of the connection. */
  private readonly ready = new Set<SendingStream>();
  private readonly starved = new Set<SendingStream>();
  private readonly output: OutputBuffer;
  private readonly guard: FloodGuard;
  private readonly highWaterMark: number;
  private readonly date: ResponseDate;

  constructor(output: OutputBuffer, guard: FloodGuard, highWaterMark: number, dates: DateSource) {
    this.output = output;
    this.guard = guard;
    this.highWaterMark = highWaterMark;
    this.date = new ResponseDate(dates);
  }

  /** Whether parts of responses were sent in this turn. */
  get hasSent(): boolean {
    return this.sentThisTurn > 0;
  }

  /**
   * Begins the next block with a size update that gives the table up: a client that allows less than the default waits for it
   * (RFC 7541, section 4.2), and one date is not worth another size.
   */
  giveUpTable(): void {
    this.needsSizeUpdate = true;
    this.date.giveUpTable();
  }

  headers(stream: SendingStream, head: PreparedHeaders, isEnd: boolean): void {
    if (stream.outbox !== undefined || this.output.isBlocked) {
      this.enqueue(stream, head, isEnd);
      return;
    }
    this.writeHeaders(stream.id, head, isEnd);
    if (isEnd) stream.responseSent();
    this.output.touched();
  }

  /** Sends or keeps a part of the body; returns whether there is room for more. */
  data(stream: SendingStream, bytes: Uint8Array): boolean {
    if (bytes.length > 0) this.enqueue(stream, bytes, false);
    const { outbox } = stream;
    if (outbox === undefined || outbox.bytes < this.highWaterMark) return true;
    outbox.wantsDrain = true;
    return false;
  }

  end(stream: SendingStream, body: Uint8Array | undefined, trailers: PreparedHeaders | undefined): void {
    if (trailers !== undefined) {
      if (body !== undefined && body.length > 0) this.enqueue(stream, body, false);
      this.headers(stream, trailers, true);
    } else if (body !== undefined && body.length > 0) this.enqueue(stream, body, true);
    else if (stream.outbox !== undefined) stream.outbox.isEnded = true;
    else this.enqueue(stream, NOTHING, true);
  }

  /** A whole response; in one piece when nothing is in its way, which is what almost all small ones find. */
  all(
    stream: SendingStream,
    head: PreparedHeaders,
    body: Uint8Array | undefined,
    trailers: PreparedHeaders | undefined,
  ): void {
    const { output } = this;
    const bodyBytes = body === undefined ? 0 : body.length;
    const trailerBytes = trailers === undefined ? 0 : trailers.block.length;
    const bytes = 3 * FRAME_HEADER_BYTES + head.block.length + MAX_DATE_BYTES + bodyBytes + trailerBytes;
    if (
      bytes > MAX_FRAME_PAYLOAD ||
      bodyBytes > stream.sendWindow ||
      bodyBytes > this.window ||
      stream.outbox !== undefined ||
      output.isBlocked ||
      this.needsSizeUpdate
    ) {
      this.headers(stream, head, body === undefined && trailers === undefined);
      if (body !== undefined || trailers !== undefined) this.end(stream, body, trailers);
      return;
    }
    const to = output.reserve(bytes);
    let at = output.length;
    const isEndOfBody = trailers === undefined;
    at = writeBlock(to, at, stream.id, head.block, this.dateOf(head), isEndOfBody && body === undefined);
    if (body !== undefined && (bodyBytes > 0 || isEndOfBody)) {
      const flags = isEndOfBody ? FrameFlag.endStream : 0;
      at = writeFrameHeader(to, at, bodyBytes, FrameType.data, flags, stream.id);
      to.set(body, at);
      at += bodyBytes;
      this.window -= bodyBytes;
    }
    if (trailers !== undefined) at = writeBlock(to, at, stream.id, trailers.block, NOTHING, true);
    output.length = at;
    this.sentThisTurn += bytes;
    stream.responseSent();
    output.touched();
  }

  /** Opens the window of a stream; false when it would be larger than one may be (RFC 9113, section 6.9.1). */
  openStream(stream: SendingStream, increment: number): boolean {
    stream.sendWindow += increment;
    if (stream.sendWindow > MAX_31_BITS) return false;
    if (stream.outbox !== undefined && increment > 0 && !this.starved.has(stream)) this.ready.add(stream);
    return true;
  }

  /** Opens the window of the connection; false when it would be larger than one may be. */
  openConnection(increment: number): boolean {
    this.window += increment;
    return this.window <= MAX_31_BITS;
  }

  /** Forgets what a stream has to send. */
  drop(stream: SendingStream): void {
    if (stream.outbox === undefined) return;
    this.bufferedBytes -= stream.outbox.bytes;
    stream.outbox = undefined;
    this.ready.delete(stream);
    this.starved.delete(stream);
  }

  /** Begins a turn, in which each connection may send so much. */
  beginTurn(): void {
    this.sentThisTurn = 0;
  }

  /** Whether streams wait only for their turn. */
  get hasReady(): boolean {
    return (this.ready.size > 0 || this.hasFed) && !this.output.isBlocked;
  }

  /** Lets streams that wait send, one frame each in turn, until nothing more can go out now. */
  pump(): void {
    // First those that have waited longest, and no more of them than the window is for: a client may open it byte by byte.
    for (const stream of this.starved) {
      if (!this.hasFed || !this.hasTurn) break;
      this.starved.delete(stream);
      if (this.sendNext(stream)) this.ready.add(stream);
    }
    for (const stream of this.ready) {
      if (!this.hasTurn) break;
      this.ready.delete(stream);
      // Behind the others: the loop goes on to what is added.
      if (this.sendNext(stream)) this.ready.add(stream);
    }
    if (this.hasSent || this.hasReady) this.output.touched();
  }

  /** Whether more may be sent in this turn. */
  private get hasTurn(): boolean {
    return !this.output.isBlocked && this.sentThisTurn < TURN_BYTES;
  }

  /** Whether there is a window again for streams that waited for it. */
  private get hasFed(): boolean {
    return this.window > 0 && this.starved.size > 0;
  }

  private enqueue(stream: SendingStream, item: PreparedHeaders | Uint8Array, isEnd: boolean): void {
    const isFirst = stream.outbox === undefined;
    stream.outbox ??= new Outbox();
    const { outbox } = stream;
    outbox.add(item);
    if (!(item instanceof PreparedHeaders)) this.bufferedBytes += item.length;
    if (isEnd) outbox.isEnded = true;
    if (isFirst) {
      this.ready.add(stream);
      if (this.ready.size === 1) this.pump();
    }
    this.output.touched();
  }

  /** Sends the next frame of a stream, if it may; returns whether it may try again. */
  private sendNext(stream: SendingStream): boolean {
    const { outbox } = stream;
    const next = outbox?.next;
    if (outbox === undefined || next === undefined) return false;
    const isLast = outbox.count === 1 && outbox.isEnded;
    if (next instanceof PreparedHeaders) {
      outbox.shift();
      this.writeHeaders(stream.id, next, isLast);
      return this.afterFrame(stream, outbox, isLast);
    }
    const waiting = next.length - outbox.sent;
    // An empty part, which ends a response, needs no window (RFC 9113, section 6.9.1).
    const amount = waiting === 0 ? 0 : Math.min(waiting, MAX_FRAME_PAYLOAD, stream.sendWindow, this.window);
    if (amount <= 0 && waiting > 0) {
      if (stream.sendWindow > 0) this.starved.add(stream);
      return false;
    }
    const isEnd = isLast && amount === waiting;
    this.writeData(stream, next.subarray(outbox.sent, outbox.sent + amount), isEnd);
    // One that a window has cut short earns the client nothing: it could open its windows byte by byte for ever.
    if (amount === waiting || amount === MAX_FRAME_PAYLOAD) this.guard.dataSent();
    this.bufferedBytes -= amount;
    outbox.advance(amount, next.length);
    return this.afterFrame(stream, outbox, isEnd);
  }

  private afterFrame(stream: SendingStream, outbox: Outbox, isEnd: boolean): boolean {
    if (outbox.wantsDrain && outbox.bytes <= this.highWaterMark >>> 1) {
      outbox.wantsDrain = false;
      this.drained.push(stream);
    }
    if (outbox.count > 0) return true;
    stream.outbox = undefined;
    if (isEnd) stream.responseSent();
    return false;
  }

  private writeData(stream: SendingStream, bytes: Uint8Array, isEnd: boolean): void {
    this.output.writeFrame(FrameType.data, isEnd ? FrameFlag.endStream : 0, stream.id, bytes);
    stream.sendWindow -= bytes.length;
    this.window -= bytes.length;
    this.sentThisTurn += FRAME_HEADER_BYTES + bytes.length;
  }

  private writeHeaders(stream: number, headers: PreparedHeaders, isEnd: boolean): void {
    const { output } = this;
    const block = this.needsSizeUpdate ? Buffer.concat([NO_TABLE, headers.block]) : headers.block;
    this.needsSizeUpdate = false;
    const date = this.dateOf(headers);
    const bytes = block.length + date.length;
    this.sentThisTurn += FRAME_HEADER_BYTES + bytes;
    if (bytes <= MAX_FRAME_PAYLOAD) {
      const to = output.reserve(FRAME_HEADER_BYTES + bytes);
      output.length = writeBlock(to, output.length, stream, block, date, isEnd);
    } else writeInParts(output, stream, Buffer.concat([block, date]), isEnd);
  }

  /** What a block that is sent now gets behind it. */
  private dateOf(headers: PreparedHeaders): Uint8Array {
    return headers.lacksDate ? this.date.next() : NOTHING;
  }
}
