import type { Readable } from "node:stream";

/** What was read of the body of a request. */
export interface BodyRead {
  readonly chunks: readonly Uint8Array[];
  /** Whether that is all of it; else it was over the limit, and the rest is still to be read. */
  readonly complete: boolean;
}

/**
 * Reads the body of a request up to a limit, and hands it over once, at its end or as soon as it is over the limit. Never when the
 * client leaves before that.
 */
export function readBody(request: Readable, limit: number, done: (body: BodyRead) => void): void {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const onData = (chunk: Uint8Array) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= limit) return;
    request.off("data", onData);
    request.off("end", onEnd);
    request.pause();
    done({ chunks, complete: false });
  };
  const onEnd = () => done({ chunks, complete: true });
  request.on("data", onData);
  request.on("end", onEnd);
}

/** One buffer of all chunks; the chunk itself where there is one. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const [first, ...rest] = chunks;
  if (first === undefined) return NO_BYTES;
  return rest.length === 0 ? first : Buffer.concat(chunks);
}

const NO_BYTES = new Uint8Array(0);

/** The body again, for who reads it from the start. */
export async function* replay({ chunks, complete }: BodyRead, request: Readable): AsyncGenerator<Uint8Array> {
  yield* chunks;
  if (!complete) for await (const chunk of request) yield chunk;
}
