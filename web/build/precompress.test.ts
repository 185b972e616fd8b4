import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { compressedCopies } from "./precompress.ts";

it("makes a brotli and a gzip copy that both give the file back", async () => {
  const content = Buffer.from("a calm paragraph of text. ".repeat(200));
  const [brotli, gzip] = await compressedCopies(content);
  expect(brotli?.extension).toBe(".br");
  expect(gzip?.extension).toBe(".gz");
  expect(brotliDecompressSync(brotli?.content ?? Buffer.of())).toEqual(content);
  expect(gunzipSync(gzip?.content ?? Buffer.of())).toEqual(content);
});

it("makes copies of a small file only where they save more than headers cost", async () => {
  expect(await compressedCopies(Buffer.from("a".repeat(500)))).toHaveLength(2);
  expect(await compressedCopies(Buffer.from("a".repeat(64)))).toEqual([]);
});

it("makes no copy that is not smaller", async () => {
  const noise = crypto.getRandomValues(Buffer.alloc(4096));
  expect(await compressedCopies(noise)).toEqual([]);
});
