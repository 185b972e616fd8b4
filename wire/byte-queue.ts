import { concatenate } from "./concatenate.ts";

/** Bytes that one side pushes in chunks and one reader pulls, in order. */
export interface ByteQueue extends AsyncIterable<Uint8Array> {
  /** How many bytes it holds. */
  readonly size: number;
  /** Adds bytes, which must not change afterwards; ignored after the end. */
  push(bytes: Uint8Array): void;
  /** No more bytes come: the reader gets those that are there and then ends. */
  end(): void;
  /** The reader rejects with this as soon as it asks, whatever is still there. */
  fail(reason: unknown): void;
}

/** Chunks are joined up to this size, so that many small ones cost no more memory than few large ones. */
const JOIN_BYTES = 4_096;

/** One for all queues: an error of its own for each costs more than all else that a queue does. */
const READER_HAS_LEFT = { failed: true, reason: new Error("the reader has left") } as const;

type Outcome = { readonly failed: false } | { readonly failed: true; readonly reason: unknown };

/**
 * Creates an empty queue, to be read once. `pulled` is called with how many bytes the reader took, each time. Holds nothing more once it has
 * failed or its reader has left.
 */
export function createByteQueue(pulled: (bytes: number) => void = () => undefined): ByteQueue {
  const chunks: Uint8Array[] = [];
  let outcome: Outcome | undefined;
  let wake: () => void = () => undefined;

  function settle(how: Outcome): void {
    if (outcome === undefined || how.failed) outcome = how;
    if (how.failed) chunks.length = 0;
    wake();
  }

  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        if (outcome?.failed) throw outcome.reason;
        const chunk = chunks.shift();
        if (chunk !== undefined) {
          pulled(chunk.length);
          yield chunk;
        } else if (outcome !== undefined) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      settle(READER_HAS_LEFT);
    }
  }

  return {
    get size() {
      return chunks.reduce((sum, { length }) => sum + length, 0);
    },
    push(bytes) {
      if (outcome !== undefined) return;
      const last = chunks.at(-1);
      if (last !== undefined && last.length + bytes.length <= JOIN_BYTES) {
        chunks[chunks.length - 1] = concatenate(last, bytes);
      } else {
        chunks.push(bytes);
      }
      wake();
    },
    end: () => settle({ failed: false }),
    fail: (reason) => settle({ failed: true, reason }),
    [Symbol.asyncIterator]: read,
  };
}
