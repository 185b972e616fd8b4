import { brotliCompressSync, gzipSync } from "node:zlib";
import { Code } from "@connectrpc/connect";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import { expect, it } from "vitest";
import { boundDecompression } from "./bound-decompression.ts";

const MIB = 1_048_576;

it("lets through what gzip can make large, and what stays below 64 KiB", async () => {
  const zeros = new Uint8Array(4 * MIB);
  expect(await boundDecompression(compressionGzip).decompress(gzipSync(zeros), 4 * MIB)).toHaveLength(4 * MIB);
  const small = zeros.subarray(0, 65_536);
  expect(await boundDecompression(compressionBrotli).decompress(brotliCompressSync(small), 4 * MIB)).toHaveLength(
    65_536,
  );
});

it("rejects what becomes larger out of all proportion", async () => {
  const bomb = brotliCompressSync(new Uint8Array(4 * MIB));
  await expect(boundDecompression(compressionBrotli).decompress(bomb, 4 * MIB)).rejects.toMatchObject({
    code: Code.ResourceExhausted,
    rawMessage: `a message must not become more than 1100 times as large: ${bomb.length} bytes do`,
  });
});
