import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";
import { createTurns } from "./create-turns.ts";

/** How many times as large a message may become: a little more than gzip can make it, which other compressions surpass by far. */
const MAX_EXPANSION = 1_100;
/** What a message may become however small it comes, in bytes. */
const FREE_BYTES = 65_536;
/** As many as the runtime has threads for. It would begin more, and hold a part of each until all are done. */
const AT_ONCE = 4;

/**
 * The same compression, which refuses with RESOURCE_EXHAUSTED what becomes more than 1,100 times as large as it came, and 64 KiB; and which
 * decompresses four messages at a time, while the others wait as they came.
 */
export function boundDecompression(compression: Compression): Compression {
  const inTurn = createTurns(AT_ONCE);
  return {
    ...compression,
    async decompress(bytes, maxBytes) {
      const bound = Math.max(FREE_BYTES, bytes.length * MAX_EXPANSION);
      if (bound >= maxBytes) return inTurn(() => compression.decompress(bytes, maxBytes));
      try {
        return await inTurn(() => compression.decompress(bytes, bound));
      } catch (error) {
        if (ConnectError.from(error).code !== Code.ResourceExhausted) throw error;
        const text = `a message must not become more than ${MAX_EXPANSION} times as large: ${bytes.length} bytes do`;
        throw new ConnectError(text, Code.ResourceExhausted);
      }
    },
  };
}
