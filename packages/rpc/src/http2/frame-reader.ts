import { ConnectionError, protocolError } from "./connection-error.ts";
import { ErrorCode } from "./error-code.ts";
import { FRAME_HEADER_BYTES, Frame, MAX_FRAME_PAYLOAD, readUint31 } from "./frame.ts";

const NO_BYTES = Buffer.alloc(0);
/** What every client begins with (RFC 9113, section 3.4). */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

/** Takes frames. */
export interface FrameSink {
  /** Whether more frames may be read now. */
  readonly takesFrames: boolean;
  /** Takes a whole frame, which is there only during the call. */
  takeFrame(frame: Frame): void;
}

/** Cuts what a client sends into frames, wherever the chunks are cut. Payloads are views into the chunks unless they come in several. */
export class FrameReader {
  /** How much of the preface has come. */
  private prefaceBytes = 0;
  /** A frame of which a part has come, and how much. First its header alone, whose length says how much room the frame needs. */
  private partial: Buffer | undefined = undefined;
  private partialBytes = 0;
  private readonly frame = new Frame();
  private readonly sink: FrameSink;

  constructor(sink: FrameSink) {
    this.sink = sink;
  }

  /** Whether the preface has come. */
  get hasPreface(): boolean {
    return this.prefaceBytes === PREFACE.length;
  }

  /**
   * Reads a chunk from an offset; returns up to where, which is its end unless the sink wants no more for now.
   * @throws ConnectionError for what is no HTTP/2, or too large.
   */
  read(chunk: Buffer, from: number): number {
    let at = this.hasPreface ? from : this.readPreface(chunk, from);
    if (this.partial !== undefined) {
      at = this.completePartial(chunk, at);
      if (this.partial !== undefined) return at;
    }
    while (chunk.length - at >= FRAME_HEADER_BYTES) {
      if (!this.sink.takesFrames) return at;
      const end = at + FRAME_HEADER_BYTES + payloadBytes(chunk, at);
      if (end > chunk.length) break;
      this.handOver(chunk, at, end);
      at = end;
    }
    if (at < chunk.length) this.keep(chunk, at);
    return chunk.length;
  }

  private readPreface(chunk: Buffer, from: number): number {
    const amount = Math.min(PREFACE.length - this.prefaceBytes, chunk.length - from);
    if (PREFACE.compare(chunk, from, from + amount, this.prefaceBytes, this.prefaceBytes + amount) !== 0) {
      throw protocolError("no preface of HTTP/2");
    }
    this.prefaceBytes += amount;
    return from + amount;
  }

  private handOver(bytes: Buffer, at: number, end: number): void {
    const { frame } = this;
    frame.type = bytes[at + 3] ?? 0;
    frame.flags = bytes[at + 4] ?? 0;
    frame.stream = readUint31(bytes, at + 5);
    frame.bytes = bytes;
    frame.start = at + FRAME_HEADER_BYTES;
    frame.end = end;
    try {
      this.sink.takeFrame(frame);
    } finally {
      // A connection that is idle, or ended by this frame, keeps nothing of what it has read.
      frame.bytes = NO_BYTES;
    }
  }

  /** Keeps the begin of a frame whose end has not come. */
  private keep(chunk: Buffer, from: number): void {
    const hasHeader = chunk.length - from >= FRAME_HEADER_BYTES;
    this.partial = Buffer.allocUnsafe(FRAME_HEADER_BYTES + (hasHeader ? payloadBytes(chunk, from) : 0));
    this.partialBytes = chunk.copy(this.partial, 0, from);
  }

  /** Adds to the frame kept, and hands it over once it is whole; returns up to where the chunk was needed. */
  private completePartial(chunk: Buffer, from: number): number {
    let at = from;
    while (this.partial !== undefined) {
      const { partial } = this;
      if (this.partialBytes < partial.length) {
        const amount = chunk.copy(partial, this.partialBytes, at);
        at += amount;
        this.partialBytes += amount;
        if (this.partialBytes < partial.length) return at;
      }
      const length = FRAME_HEADER_BYTES + payloadBytes(partial, 0);
      if (partial.length < length) {
        this.partial = Buffer.allocUnsafe(length);
        partial.copy(this.partial);
      } else {
        if (!this.sink.takesFrames) return at;
        this.partial = undefined;
        this.handOver(partial, 0, partial.length);
      }
    }
    return at;
  }
}

function payloadBytes(bytes: Buffer, at: number): number {
  const length = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  if (length > MAX_FRAME_PAYLOAD) throw new ConnectionError(ErrorCode.frameSizeError, `a frame of ${length} bytes`);
  return length;
}
