import type { Readable } from "node:stream";
import type { HttpFlight } from "../http-flight.ts";

/** What was read of the body of a request. */
export interface BodyRead {
  readonly chunks: readonly Uint8Array[];
  /** Whether that is all of it; else it was over the limit, and the rest is still to be read, unless there is an error. */
  readonly complete: boolean;
  /** Why the rest will not be read. */
  readonly error?: unknown;
}

/** How many bytes a body may have, by how it begins; undefined while that is not known. */
export type BodyLimit = (start: Uint8Array) => number | undefined;

/**
 * Reads the body of a request up to a limit, and hands it over once, at its end or as soon as it is over the limit. Never when the
 * client leaves before that, unless what it returns is called: that gives up, for a reason. The flight hears of what comes.
 */
export function readBody(
  request: Readable,
  limitOf: BodyLimit,
  flight: HttpFlight,
  done: (body: BodyRead) => void,
): (error: unknown) => void {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let limit: number | undefined;
  const onData = (chunk: Uint8Array) => {
    chunks.push(chunk);
    length += chunk.length;
    flight.heard();
    limit ??= limitOf(joinChunks(chunks));
    if (limit !== undefined && length > limit) stop({ chunks, complete: false });
  };
  const stop = (body: BodyRead) => {
    request.off("data", onData);
    request.off("end", onEnd);
    request.pause();
    done(body);
  };
  const onEnd = () => done({ chunks, complete: true });
  request.on("data", onData);
  request.on("end", onEnd);
  return (error) => stop({ chunks, complete: false, error });
}

/** One buffer of all chunks; the chunk itself where there is one. */
export function joinChunks(chunks: readonly Uint8Array[]): Uint8Array {
  const [first, ...rest] = chunks;
  if (first === undefined) return NO_BYTES;
  return rest.length === 0 ? first : Buffer.concat(chunks);
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
