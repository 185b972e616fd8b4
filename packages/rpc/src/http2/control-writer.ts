import { FRAME_HEADER_BYTES, FrameFlag, FrameType, writeFrameHeader, writeUint32 } from "./frame.ts";
import type { OutputBuffer } from "./output-buffer.ts";
import { SETTING_BYTES } from "./settings.ts";

/** Bytes of the payloads of RST_STREAM and WINDOW_UPDATE, of PING, and of GOAWAY without a message. */
const NUMBER_BYTES = 4;
const PING_BYTES = 8;
const GOAWAY_BYTES = 8;

/** Writes the frames that no window holds up. What waits for a client that does not read is bounded: see `isFull`. */
export class ControlWriter {
  /** Whether more would wait than may. What is written from then on is dropped, and the connection has to end. */
  isFull = false;
  private readonly output: OutputBuffer;
  private readonly maxQueuedBytes: number;
  /** What was written while the socket takes nothing. */
  private queuedBytes = 0;

  constructor(output: OutputBuffer, maxQueuedBytes: number) {
    this.output = output;
    this.maxQueuedBytes = maxQueuedBytes;
  }

  rstStream(stream: number, code: number): void {
    this.number(FrameType.rstStream, stream, code);
  }

  windowUpdate(stream: number, increment: number): void {
    this.number(FrameType.windowUpdate, stream, increment);
  }

  settings(settings: readonly (readonly [id: number, value: number])[]): void {
    const payload = Buffer.alloc(settings.length * SETTING_BYTES);
    settings.forEach(([id, value], index) => {
      payload.writeUInt16BE(id, index * SETTING_BYTES);
      payload.writeUInt32BE(value, index * SETTING_BYTES + 2);
    });
    this.frame(FrameType.settings, 0, payload);
  }

  settingsAck(): void {
    this.frame(FrameType.settings, FrameFlag.ack, NOTHING);
  }

  /** A ping of ours; the payload has eight bytes. */
  ping(payload: Uint8Array): void {
    this.frame(FrameType.ping, 0, payload);
  }

  /** The answer to a ping whose payload begins at an offset. */
  pingAck(bytes: Buffer, start: number): void {
    this.frame(FrameType.ping, FrameFlag.ack, bytes.subarray(start, start + PING_BYTES));
  }

  goAway(lastStream: number, code: number, message: string): void {
    const payload = Buffer.alloc(GOAWAY_BYTES + message.length);
    payload.writeUInt32BE(lastStream, 0);
    payload.writeUInt32BE(code, 4);
    payload.write(message, GOAWAY_BYTES, "latin1");
    this.frame(FrameType.goAway, 0, payload);
  }

  private number(type: number, stream: number, value: number): void {
    if (!this.hasRoom(FRAME_HEADER_BYTES + NUMBER_BYTES)) return;
    const { output } = this;
    const to = output.reserve(FRAME_HEADER_BYTES + NUMBER_BYTES);
    output.length = writeUint32(to, writeFrameHeader(to, output.length, NUMBER_BYTES, type, 0, stream), value);
    output.touched();
  }

  private frame(type: number, flags: number, payload: Uint8Array): void {
    if (!this.hasRoom(FRAME_HEADER_BYTES + payload.length)) return;
    const { output } = this;
    const to = output.reserve(FRAME_HEADER_BYTES + payload.length);
    const at = writeFrameHeader(to, output.length, payload.length, type, flags, 0);
    to.set(payload, at);
    output.length = at + payload.length;
    output.touched();
  }

  /** The socket has taken what waited. */
  drained(): void {
    this.queuedBytes = 0;
  }

  private hasRoom(bytes: number): boolean {
    if (this.output.isBlocked) this.queuedBytes += bytes;
    if (this.queuedBytes > this.maxQueuedBytes) this.isFull = true;
    return !this.isFull;
  }
}

const NOTHING = new Uint8Array(0);
