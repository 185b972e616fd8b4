import { FRAME_HEADER_BYTES, FrameFlag, FrameType, PayloadBytes } from "./frame.ts";
import type { OutputBuffer } from "./output-buffer.ts";

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
    const payload = Buffer.alloc(settings.length * PayloadBytes.setting);
    settings.forEach(([id, value], index) => {
      payload.writeUInt16BE(id, index * PayloadBytes.setting);
      payload.writeUInt32BE(value, index * PayloadBytes.setting + 2);
    });
    this.frame(FrameType.settings, 0, 0, payload);
  }

  settingsAck(): void {
    this.frame(FrameType.settings, FrameFlag.ack, 0, NOTHING);
  }

  /** A ping of ours, which its answer is known by. */
  ping(id: number): void {
    const payload = Buffer.alloc(PayloadBytes.ping);
    payload.writeUInt32BE(id, 4);
    this.frame(FrameType.ping, 0, 0, payload);
  }

  /** The answer to a ping, with its payload. */
  pingAck(payload: Uint8Array): void {
    this.frame(FrameType.ping, FrameFlag.ack, 0, payload);
  }

  goAway(lastStream: number, code: number, message: string): void {
    const payload = Buffer.alloc(PayloadBytes.goAway + message.length);
    payload.writeUInt32BE(lastStream, 0);
    payload.writeUInt32BE(code, 4);
    payload.write(message, PayloadBytes.goAway, "latin1");
    this.frame(FrameType.goAway, 0, 0, payload);
  }

  private number(type: number, stream: number, value: number): void {
    NUMBER.writeUInt32BE(value);
    this.frame(type, 0, stream, NUMBER);
  }

  private frame(type: number, flags: number, stream: number, payload: Uint8Array): void {
    if (!this.hasRoom(FRAME_HEADER_BYTES + payload.length)) return;
    this.output.writeFrame(type, flags, stream, payload);
    this.output.touched();
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
/** The payload of RST_STREAM and WINDOW_UPDATE, which is copied as it is written. */
const NUMBER = Buffer.alloc(PayloadBytes.rstStream);
