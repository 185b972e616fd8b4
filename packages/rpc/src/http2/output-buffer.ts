import type { Socket } from "node:net";
import { FRAME_HEADER_BYTES, writeFrameHeader } from "./frame.ts";

/** How much is gathered before it goes to the socket in the middle of a turn, in bytes. */
export const OUTPUT_BUFFER_BYTES = 65_536;
/** What waits behind a socket that takes nothing is small. */
const BLOCKED_BUFFER_BYTES = 4_096;
/** Up to here bytes are copied for a socket that keeps what it is given, instead of giving it the whole buffer. */
const COPY_BYTES = 16_384;
const MAX_SPARE_BUFFERS = 16;

/** Buffers that no connection uses. Each has one only while it has something to say. */
const spare: Buffer[] = [];

/** Gathers the bytes that a turn makes for a socket, so that they go out in one write. */
export class OutputBuffer {
  /** Whether the socket has asked to be given no more for now. */
  isBlocked = false;
  /** How many bytes are gathered. */
  length = 0;
  private buffer: Buffer | undefined = undefined;
  private readonly socket: Socket;
  /** TLS encrypts after `write` has returned, so that the bytes must stay as they are. */
  private readonly keepsBytes: boolean;

  /** Called when there is something to flush. */
  readonly touched: () => void;

  constructor(socket: Socket, isEncrypted: boolean, touched: () => void) {
    this.socket = socket;
    this.keepsBytes = isEncrypted;
    this.touched = touched;
  }

  /** A buffer with room for so many bytes, at most `OUTPUT_BUFFER_BYTES`, behind `length`, which the caller moves on. */
  reserve(bytes: number): Buffer {
    const { buffer } = this;
    if (buffer !== undefined && buffer.length - this.length >= bytes) return buffer;
    if (buffer !== undefined && !this.isBlocked) {
      this.flush();
      if (!this.isBlocked) return this.reserve(bytes);
    }
    return this.replace(bytes);
  }

  /** Gathers a frame; `touched` is for the caller to call. */
  writeFrame(type: number, flags: number, stream: number, payload: Uint8Array): void {
    const to = this.reserve(FRAME_HEADER_BYTES + payload.length);
    const at = writeFrameHeader(to, this.length, payload.length, type, flags, stream);
    to.set(payload, at);
    this.length = at + payload.length;
  }

  /** Gives what is gathered to the socket, unless that takes nothing. */
  flush(): void {
    const { buffer, length, socket } = this;
    if (length === 0 || buffer === undefined || this.isBlocked) return;
    this.length = 0;
    // A socket that is behind keeps what it is given, and would keep a whole buffer for each small part.
    const isCopied = length <= COPY_BYTES && (this.keepsBytes || socket.writableLength > 0);
    const bytes = buffer.subarray(0, length);
    this.isBlocked = !socket.write(isCopied ? Buffer.from(bytes) : bytes);
    this.buffer = undefined;
    // The length is 0 when the system has the bytes already, as it does unless it is full.
    if (isCopied || socket.writableLength === 0) putBack(buffer);
  }

  /** Drops what is gathered. */
  clear(): void {
    if (this.buffer !== undefined) putBack(this.buffer);
    this.buffer = undefined;
    this.length = 0;
  }

  private replace(bytes: number): Buffer {
    const size = this.isBlocked ? Math.max(BLOCKED_BUFFER_BYTES, 2 * (this.length + bytes)) : OUTPUT_BUFFER_BYTES;
    const next = (size === OUTPUT_BUFFER_BYTES ? spare.pop() : undefined) ?? Buffer.allocUnsafeSlow(size);
    const before = this.buffer;
    if (before !== undefined) {
      before.copy(next, 0, 0, this.length);
      putBack(before);
    }
    this.buffer = next;
    return next;
  }
}

function putBack(buffer: Buffer): void {
  if (buffer.length === OUTPUT_BUFFER_BYTES && spare.length < MAX_SPARE_BUFFERS) spare.push(buffer);
}
