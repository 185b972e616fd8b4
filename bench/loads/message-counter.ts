const HEADER_BYTES = 5;

/** Returns how many messages end in what stands in the buffer from `start` to `end`. */
export type MessageCounter = (buffer: Buffer, start: number, end: number) => number;

/** Counts the messages of gRPC in what arrives of one stream, however it is cut. */
export function createMessageCounter(): MessageCounter {
  // Of the message whose end has not come yet; while its length is not known, how much of its header is there.
  let left = 0;
  let headerBytes = 0;
  let length = 0;
  return (buffer, start, end) => {
    let messages = 0;
    let at = start;
    while (at < end) {
      if (left > 0) {
        const taken = Math.min(left, end - at);
        at += taken;
        left -= taken;
        if (left === 0) messages++;
        continue;
      }
      // Of the header, the first byte holds flags, the others the length.
      if (headerBytes > 0) length = length * 256 + (buffer[at] ?? 0);
      at++;
      if (++headerBytes < HEADER_BYTES) continue;
      left = length;
      if (left === 0) messages++;
      headerBytes = 0;
      length = 0;
    }
    return messages;
  };
}
