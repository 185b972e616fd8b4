const NO_BYTES = new Uint8Array(0);

/** Whoever takes bytes out of a body. */
export interface BodyReader {
  /** There are more bytes, or the body has ended or failed. */
  onChange(): void;
}

/**
 * The bytes of a request that have come and are not yet read. Bytes that are pushed are kept as they are: they must not change. What has
 * failed or been dropped holds nothing.
 */
export class RequestBody {
  /** How many bytes are held. */
  length = 0;
  /** Whether no more bytes come. */
  ended = false;
  /** Why the rest will not come; `isFailed` tells whether there is such a reason. */
  failure: unknown = undefined;
  isFailed = false;
  reader: BodyReader | undefined = undefined;
  private chunks: Uint8Array[] = [];

  push(chunk: Uint8Array): void {
    if (this.ended || this.isFailed) return;
    this.chunks.push(chunk);
    this.length += chunk.length;
    this.reader?.onChange();
  }

  end(): void {
    if (this.ended || this.isFailed) return;
    this.ended = true;
    this.reader?.onChange();
  }

  /** Whoever reads gets this as soon as it asks, whatever is still there. */
  fail(reason: unknown): void {
    if (this.isFailed) return;
    this.isFailed = true;
    this.failure = reason;
    this.chunks = [];
    this.length = 0;
    this.reader?.onChange();
  }

  /** All bytes that are held, in one piece, without taking them. */
  peek(): Uint8Array {
    const { chunks } = this;
    if (chunks.length > 1) this.chunks = [Buffer.concat(chunks)];
    return this.chunks[0] ?? NO_BYTES;
  }

  /** At least the first five bytes, of which there must be that many. */
  peekStart(): Uint8Array {
    const first = this.chunks[0] ?? NO_BYTES;
    return first.length >= 5 ? first : this.peek();
  }

  /** Takes so many bytes, of which there must be that many. */
  take(count: number): Uint8Array {
    const all = this.peek();
    this.chunks = count === all.length ? [] : [all.subarray(count)];
    this.length -= count;
    return count === all.length ? all : all.subarray(0, count);
  }
}
