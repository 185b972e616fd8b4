import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";

/** How many times as large a message may become: a little more than gzip can make it, which other compressions surpass by far. */
const MAX_EXPANSION = 1_100;
/** What a message may become however small it comes, in bytes. */
const FREE_BYTES = 65_536;

/** The same compression, which rejects with RESOURCE_EXHAUSTED what becomes more than 1,100 times as large as it came, and 64 KiB. */
export function boundDecompression(compression: Compression): Compression {
  return {
    ...compression,
    async decompress(bytes, maxBytes) {
      const bound = Math.max(FREE_BYTES, bytes.length * MAX_EXPANSION);
      if (bound >= maxBytes) return compression.decompress(bytes, maxBytes);
      try {
        return await compression.decompress(bytes, bound);
      } catch (error) {
        if (ConnectError.from(error).code !== Code.ResourceExhausted) throw error;
        const text = `a message must not become more than ${MAX_EXPANSION} times as large: ${bytes.length} bytes do`;
        throw new ConnectError(text, Code.ResourceExhausted);
      }
    },
  };
}
