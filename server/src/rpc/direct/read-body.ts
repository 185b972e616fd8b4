import type { Readable } from "node:stream";

/** What was read of the body of a request. */
export interface BodyRead {
  readonly chunks: readonly Uint8Array[];
  /** Whether that is all of it; else it was over the limit, and the rest is still to be read, unless there is an error. */
  readonly complete: boolean;
  /** Why the rest will not be read. */
  readonly error?: unknown;
}

/** One buffer of all chunks; the chunk itself where there is one. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  if (first === undefined) return NO_BYTES;
  return chunks.length === 1 ? first : Buffer.concat(chunks);
}

const NO_BYTES = new Uint8Array(0);

/** The body again, for who reads it from the start. */
export async function* replay({ chunks, complete, error }: BodyRead, request: Readable): AsyncGenerator<Uint8Array> {
  if (error !== undefined) throw error;
  yield* chunks;
  if (complete) return;
  // Who stops reading must not cut the connection, which other calls may come on.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) yield chunk;
}
