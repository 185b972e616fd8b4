import { type RecordedSpan, spanBytes } from "./recorded-span.ts";

/** What all that wait may take. */
const MAX_WAITING_BYTES = 32_000_000;
/** What one request holds: it is written in one turn of the event loop. */
const BATCH_BYTES = 512_000;

/** Spans that are over and wait to be exported, bounded by what they take. */
export class SpanQueue {
  private spans: RecordedSpan[] = [];
  private bytes = 0;

  /** Adds a span; returns false when there is no room for it. */
  push(span: RecordedSpan): boolean {
    const bytes = spanBytes(span);
    if (this.bytes + bytes > MAX_WAITING_BYTES) return false;
    this.bytes += bytes;
    this.spans.push(span);
    return true;
  }

  get isEmpty(): boolean {
    return this.spans.length === 0;
  }

  /** Whether there is enough for a whole request. */
  get hasBatch(): boolean {
    return this.bytes >= BATCH_BYTES;
  }

  /** Removes and returns the oldest, as many as one request holds; none when it is empty. */
  takeBatch(): readonly RecordedSpan[] {
    let count = 0;
    let bytes = 0;
    for (const span of this.spans) {
      const more = spanBytes(span);
      if (bytes + more > BATCH_BYTES) break;
      bytes += more;
      count += 1;
    }
    this.bytes -= bytes;
    return this.spans.splice(0, count);
  }
}
