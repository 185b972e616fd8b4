const NO_BYTES = new Uint8Array(0);
/** Nothing is ever put into it: what comes first is an array of its own. */
const NO_CHUNKS: Uint8Array[] = [];
/** Smaller chunks are joined up to the size of a block, or a body that comes byte by byte would hold an object for each of them. */
const SMALL_BYTES = 1_024;
const BLOCK_BYTES = 4_096;
/** Of how much memory a chunk that is held may keep alive more than it has itself: that of a whole frame of HTTP/2 in Node's pool, which is 64 KiB. */
const MOST_TIMES = 4;

/** What takes bytes out of a body. */
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
  /** Why the rest will not come; `isFailed` says whether there is such a reason. */
  failure: unknown = undefined;
  isFailed = false;
  reader: BodyReader | undefined = undefined;
  private chunks = NO_CHUNKS;
  /** What the last chunk is the beginning of, where small chunks were joined. */
  private block: Buffer | undefined = undefined;

  push(chunk: Uint8Array): void {
    if (this.ended || this.isFailed || chunk.length === 0) return;
    if (this.chunks.length > 0 && chunk.length < SMALL_BYTES) this.join(chunk);
    else this.append(chunk);
    this.length += chunk.length;
    this.reader?.onChange();
  }

  private append(chunk: Uint8Array): void {
    this.block = undefined;
    if (this.chunks.length === 0) this.chunks = [chunk];
    else this.chunks.push(chunk);
  }

  /** Copies a small chunk behind the last one where that is in a block with room, else to the begin of a new block. */
  private join(chunk: Uint8Array): void {
    const last = this.chunks.length - 1;
    const used = this.block === undefined ? 0 : (this.chunks[last]?.length ?? 0);
    if (this.block !== undefined && used + chunk.length <= BLOCK_BYTES) {
      this.block.set(chunk, used);
      this.chunks[last] = this.block.subarray(0, used + chunk.length);
      return;
    }
    const block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    block.set(chunk);
    this.append(block.subarray(0, chunk.length));
    this.block = block;
  }

  /**
   * What came last is held for longer: it gets memory of its own where it is a small part of what others use, too, or a byte would keep alive, and
   * uncounted, all of that.
   */
  hold(): void {
    const last = this.chunks.length - 1;
    const chunk = this.chunks[last];
    if (chunk === undefined || this.block !== undefined) return;
    if (chunk.buffer.byteLength <= MOST_TIMES * chunk.length) return;
    const own = Buffer.allocUnsafeSlow(chunk.length);
    own.set(chunk);
    this.chunks[last] = own;
  }

  end(): void {
    if (this.ended || this.isFailed) return;
    this.ended = true;
    this.reader?.onChange();
  }

  /** The reader gets this as soon as it asks, whatever is still there. */
  fail(reason: unknown): void {
    if (this.isFailed) return;
    this.isFailed = true;
    this.failure = reason;
    this.drop();
    this.reader?.onChange();
  }

  /** Holds nothing more of what has come: it was read, and a call may stay open for days. */
  drop(): void {
    this.chunks = NO_CHUNKS;
    this.block = undefined;
    this.length = 0;
  }

  /** All bytes that are held, in one piece, without taking them. */
  peek(): Uint8Array {
    const { chunks } = this;
    if (chunks.length > 1) {
      this.chunks = [Buffer.concat(chunks)];
      this.block = undefined;
    }
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
    this.block = undefined;
    this.chunks = count === all.length ? NO_CHUNKS : [all.subarray(count)];
    this.length -= count;
    return count === all.length ? all : all.subarray(0, count);
  }
}
