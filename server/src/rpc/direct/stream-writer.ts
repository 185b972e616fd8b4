import type { OutgoingHttpHeaders } from "node:http";
import { ENVELOPE_BYTES, writeEnvelope } from "./envelope.ts";
import type { Reply } from "./reply.ts";

/** Written out at once, however fast messages come: about what a socket takes. */
const FLUSH_AT_BYTES = 32_768;

/** A message in its envelope to be, or bytes that are ready. */
interface Pending {
  readonly flags: number;
  readonly data: Uint8Array;
}

/**
 * Writes the messages of a stream. What is made before the event loop turns goes out in one piece, which makes a fast stream five
 * times as fast, and a slow one no slower: its piece goes out as soon as the implementation waits for something.
 */
export class StreamWriter {
  private readonly reply: Reply;
  private readonly trailers: boolean;
  /** Whether the headers are fixed. */
  started = false;
  private head: OutgoingHttpHeaders | undefined;
  private pending: Pending[] = [];
  private pendingBytes = 0;
  private scheduled = false;
  private full = false;
  private resume: (() => void) | undefined;

  constructor(reply: Reply, trailers: boolean) {
    this.reply = reply;
    this.trailers = trailers;
    this.head = undefined;
    this.resume = undefined;
  }

  /** Fixes the headers and has them sent, together with the messages that are made at once. */
  start(headers: OutgoingHttpHeaders): void {
    this.started = true;
    this.head = headers;
    this.schedule();
  }

  /** Adds a message; false when the client is slower than the messages: see `room`. */
  add(flags: number, data: Uint8Array): boolean {
    this.pending.push({ flags, data });
    this.pendingBytes += ENVELOPE_BYTES + data.length;
    if (this.pendingBytes >= FLUSH_AT_BYTES) this.flush();
    else this.schedule();
    return !this.full;
  }

  /** Resolves when there is room again, or when `stop` says that nobody needs it any more. */
  room(): Promise<void> {
    if (!this.full) return Promise.resolve();
    return new Promise((resolve) => {
      this.resume = resolve;
    });
  }

  /** Ends whoever waits for room. */
  stop(): void {
    this.full = false;
    this.resume?.();
    this.resume = undefined;
  }

  /** Sends what there is and the end. */
  end(last: Pending | undefined, trailers: OutgoingHttpHeaders | undefined): void {
    this.stop();
    if (this.reply.gone) return;
    if (last !== undefined) {
      this.pending.push(last);
      this.pendingBytes += ENVELOPE_BYTES + last.data.length;
    }
    this.sendHead();
    this.reply.end(this.take(), trailers);
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    // After all promises that are settled by now, before anything else happens.
    process.nextTick(flushWriter, this);
  }

  flush(): void {
    this.scheduled = false;
    if (this.reply.gone) return;
    this.sendHead();
    const bytes = this.take();
    if (bytes === undefined || this.reply.write(bytes)) return;
    if (this.full) return;
    this.full = true;
    this.reply.onDrain(() => this.stop());
  }

  private sendHead(): void {
    if (this.head === undefined) return;
    const headers = this.head;
    this.head = undefined;
    this.reply.head(headers, this.trailers);
  }

  private take(): Uint8Array | undefined {
    if (this.pending.length === 0) return undefined;
    const bytes = Buffer.allocUnsafe(this.pendingBytes);
    let at = 0;
    for (const { flags, data } of this.pending) at = writeEnvelope(bytes, at, flags, data);
    this.pending = [];
    this.pendingBytes = 0;
    return bytes;
  }
}

function flushWriter(writer: StreamWriter): void {
  writer.flush();
}
