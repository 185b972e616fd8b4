import { Code, ConnectError } from "@connectrpc/connect";

/** How many bytes come before a message: a flag and its length. */
const PREFIX_BYTES = 5;

/**
 * Yields the messages of bytes in which each has a flag and its length before it.
 * @throws ConnectError INTERNAL when a message is compressed or cut off, and RESOURCE_EXHAUSTED when one is longer than so many bytes,
 * before it is read.
 */
export async function* readMessages(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let target = new Uint8Array(PREFIX_BYTES);
  let filled = 0;
  let isPrefix = true;
  for await (const chunk of body) {
    for (let start = 0; ; ) {
      const part = chunk.subarray(start, start + target.length - filled);
      target.set(part, filled);
      filled += part.length;
      start += part.length;
      if (filled < target.length) break;
      const complete = target;
      target = new Uint8Array(isPrefix ? readPrefix(complete, maxBytes) : PREFIX_BYTES);
      filled = 0;
      isPrefix = !isPrefix;
      if (isPrefix) yield complete;
    }
  }
  if (isPrefix && filled === 0) return;
  throw new ConnectError(`a message must have ${target.length} bytes: got ${filled}`, Code.Internal);
}

/** Puts the flag and the length before a message. */
export function prefixMessage(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(PREFIX_BYTES + message.length);
  new DataView(bytes.buffer).setUint32(1, message.length);
  bytes.set(message, PREFIX_BYTES);
  return bytes;
}

function readPrefix(prefix: Uint8Array<ArrayBuffer>, maxBytes: number): number {
  const view = new DataView(prefix.buffer);
  const flag = view.getUint8(0);
  if (flag !== 0) throw new ConnectError(`the flag of a message must be 0: got ${flag}`, Code.Internal);
  const length = view.getUint32(1);
  if (length <= maxBytes) return length;
  throw new ConnectError(`a message must have at most ${maxBytes} bytes: got ${length}`, Code.ResourceExhausted);
}
