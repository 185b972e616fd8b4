import { Code, ConnectError } from "@connectrpc/connect";
import { type Compression, compressedFlag } from "@connectrpc/connect/protocol";
import { declaredLength, ENVELOPE_BYTES, envelope } from "../direct/envelope.ts";
import { joinChunks } from "../direct/read-body.ts";
import type { BytesHolder, RequestBytes } from "./request-bytes.ts";

/** Looks at a message as it came, or as it was decompressed, and throws what is to be said against it. */
export type CheckMessage = (message: Uint8Array) => void;

/** How a request is read. */
export interface RequestReading {
  /** Where the bytes of messages count until they are complete. */
  readonly requestBytes: RequestBytes;
  /** The largest message in bytes. */
  readonly maxMessageBytes: number;
  /** What compressed messages are decompressed with. */
  readonly compression: Compression | undefined;
  /** Undefined where whoever reads the messages looks at them; they then stay compressed. */
  readonly check: CheckMessage | undefined;
}

/**
 * The same enveloped messages, each in a chunk of its own once it is complete, checked, and decompressed for that. Rejects with the error
 * when there is something to be said against one, or when it is refused for the bytes that are held; an envelope of which the rest does not
 * come is passed on as it is.
 */
export async function* readEnvelopes(
  body: AsyncIterable<Uint8Array>,
  { requestBytes, maxMessageBytes, compression, check }: RequestReading,
): AsyncGenerator<Uint8Array> {
  const held = new HeldChunks(body, requestBytes);
  try {
    let needed = ENVELOPE_BYTES;
    for (;;) {
      if (held.length < needed) {
        if (await held.more()) continue;
        break;
      }
      const start = held.joined();
      const length = declaredLength(start);
      if (length > maxMessageBytes) throw tooLarge(length, maxMessageBytes);
      needed = ENVELOPE_BYTES + length;
      if (start.length < needed) continue;
      held.keep(start.subarray(needed));
      yield check === undefined
        ? start.subarray(0, needed)
        : await checked(start.subarray(0, needed), check, { compression, maxMessageBytes });
      needed = ENVELOPE_BYTES;
    }
    if (held.length > 0) yield held.joined();
  } finally {
    held.release();
  }
}

async function checked(
  enveloped: Uint8Array,
  check: CheckMessage,
  { compression, maxMessageBytes }: Pick<RequestReading, "compression" | "maxMessageBytes">,
): Promise<Uint8Array> {
  const [flags = 0] = enveloped;
  const message = enveloped.subarray(ENVELOPE_BYTES);
  if ((flags & compressedFlag) === 0) {
    check(message);
    return enveloped;
  }
  // That there is none to undo it with is for whoever reads the messages to say.
  if (compression === undefined) return enveloped;
  const decompressed = await compression.decompress(message as Uint8Array<ArrayBuffer>, maxMessageBytes);
  check(decompressed);
  return envelope(flags & ~compressedFlag, decompressed);
}

/**
 * The whole body in one chunk, which is one message, checked and decompressed alike. `promised` is the length that its head gives: the body
 * has that length, or it is refused.
 */
export async function* readWhole(
  body: AsyncIterable<Uint8Array>,
  promised: number | undefined,
  reading: RequestReading,
): AsyncGenerator<Uint8Array> {
  const { maxMessageBytes, compression, check } = reading;
  const message = await readAll(body, promised, reading);
  if (check === undefined) yield message;
  else {
    const checkable =
      compression === undefined
        ? message
        : await compression.decompress(message as Uint8Array<ArrayBuffer>, maxMessageBytes);
    check(checkable);
    yield checkable;
  }
}

async function readAll(
  body: AsyncIterable<Uint8Array>,
  promised: number | undefined,
  { requestBytes, maxMessageBytes }: RequestReading,
): Promise<Uint8Array> {
  if (promised !== undefined && promised > maxMessageBytes) throw tooLarge(promised, maxMessageBytes);
  const held = new HeldChunks(body, requestBytes);
  try {
    while (await held.more()) {
      if (promised !== undefined && held.length > promised) throw notAsPromised(promised, held.length);
      if (held.length > maxMessageBytes) throw tooLarge(undefined, maxMessageBytes);
    }
    if (promised !== undefined && held.length < promised) throw notAsPromised(promised, held.length);
    return held.joined();
  } finally {
    held.release();
  }
}

function notAsPromised(promised: number, received: number): ConnectError {
  return new ConnectError(`protocol error: promised ${promised} bytes, received ${received}`, Code.InvalidArgument);
}

function tooLarge(length: number | undefined, limit: number): ConnectError {
  const text = `message size ${length === undefined ? "" : `${length} `}is larger than configured readMaxBytes ${limit}`;
  return new ConnectError(text, Code.ResourceExhausted);
}

/** The chunks of a message that is not complete, which count as held until they are released. */
class HeldChunks implements BytesHolder {
  length = 0;
  private chunks: Uint8Array[] = [];
  private readonly iterator: AsyncIterator<Uint8Array>;
  private readonly requestBytes: RequestBytes;
  /** How many of the bytes are counted as held. */
  private counted = 0;
  /** Why it was refused. */
  private error: ConnectError | undefined;
  /** Rejects the promise of the chunk that is waited for. */
  private reject: (error: unknown) => void = () => undefined;

  constructor(body: AsyncIterable<Uint8Array>, requestBytes: RequestBytes) {
    this.iterator = body[Symbol.asyncIterator]();
    this.requestBytes = requestBytes;
    this.error = undefined;
  }

  refuse(error: ConnectError): void {
    this.error = error;
    this.chunks = [];
    this.length = 0;
    this.counted = 0;
    this.reject(error);
  }

  /** Takes one more chunk; false when there is none. Rejects when the holder is refused. */
  async more(): Promise<boolean> {
    this.countAll();
    if (this.error !== undefined) throw this.error;
    const result = await this.next();
    if (result.done === true) return false;
    this.chunks.push(result.value);
    this.length += result.value.length;
    this.countAll();
    return true;
  }

  private countAll(): void {
    if (this.counted === this.length) return;
    const bytes = this.length - this.counted;
    this.counted = this.length;
    this.requestBytes.add(this, bytes);
  }

  /** No race of promises: one that outlives the call would keep each of its chunks. */
  private next(): Promise<IteratorResult<Uint8Array>> {
    return new Promise((resolve, reject) => {
      this.reject = reject;
      this.iterator.next().then(resolve, reject);
    });
  }

  /** All that is held, in one piece. */
  joined(): Uint8Array {
    const bytes = joinChunks(this.chunks);
    this.chunks = [bytes];
    return bytes;
  }

  /**
   * Holds nothing but the rest of what was held, of messages that come next. It counts again once more is waited for: that a reader takes
   * its time is no fault of its client.
   */
  keep(rest: Uint8Array): void {
    this.requestBytes.release(this);
    this.counted = 0;
    this.chunks = rest.length === 0 ? [] : [rest];
    this.length = rest.length;
  }

  /** Holds nothing more, and reads nothing more. */
  release(): void {
    this.requestBytes.release(this);
    // Not awaited: who waits for bytes that never come waits for its own end, too.
    this.iterator.return?.()?.then(undefined, () => undefined);
  }
}
