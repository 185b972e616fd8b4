import type { ServerStream } from "./server-stream.ts";

/** How many streams that this side has reset are known as such: those whose frames may still be on their way. */
const MAX_RECENT_RESETS = 1_000;

/** The streams of a connection: those that are open, and what has to be known of the others (RFC 9113, section 5.1). */
export class StreamTable {
  /** The streams that are open or half-closed. */
  readonly open = new Map<number, ServerStream>();
  /** Streams with something to wait for that has a time limit. */
  readonly timed = new Set<ServerStream>();
  /** The highest number that the client has used; higher ones are idle. */
  lastId = 0;
  /** How many were opened. */
  opened = 0;
  private readonly recentResets = new Set<number>();

  /** Whether a number stands for a stream that the client has not opened: it uses odd ones, in their order (section 5.1.1). */
  isIdle(id: number): boolean {
    return id > this.lastId || (id & 1) === 0;
  }

  add(stream: ServerStream): void {
    this.open.set(stream.id, stream);
    this.opened += 1;
  }

  delete(stream: ServerStream): void {
    this.open.delete(stream.id);
    if (stream.cutAt !== 0) this.timed.delete(stream);
  }

  /** Gives a stream until a time, in milliseconds. */
  limit(stream: ServerStream, cutAt: number): void {
    stream.cutAt = cutAt;
    this.timed.add(stream);
  }

  /** Remembers that the client may not know yet that a stream is reset: what it has sent by then is ignored (section 5.1). */
  rememberReset(id: number): void {
    const { recentResets } = this;
    for (const oldest of recentResets) {
      if (recentResets.size < MAX_RECENT_RESETS) break;
      recentResets.delete(oldest);
    }
    recentResets.add(id);
  }

  wasReset(id: number): boolean {
    return this.recentResets.has(id);
  }
}
