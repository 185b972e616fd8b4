/**
 * Undoes a compression, up to `limit` bytes of the result. Rejects with an Error when the browser does not know the
 * encoding, the bytes are damaged, or the result is longer.
 */
export async function decompress(
  bytes: Uint8Array<ArrayBuffer>,
  encoding: string | undefined,
  limit = 1_048_576,
): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding !== "gzip" && encoding !== "deflate")
    throw new Error(`cannot undo the encoding ${encoding ?? "(none)"}`);
  const output = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(encoding));
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  // Leaving the loop cancels the stream, so that a small payload that unfolds without end does no harm.
  for await (const piece of output) {
    length += piece.length;
    if (length > limit) throw new Error(`longer than ${limit} bytes when decompressed`);
    pieces.push(piece);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}
