import { deflateSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { decompress } from "./decompress.ts";

const text = new TextEncoder().encode("the same, the same, the same, the same");

it.each([
  ["gzip", gzipSync(text)],
  ["deflate", deflateSync(text)],
])("undoes %s", async (encoding, bytes) => {
  expect(await decompress(new Uint8Array(bytes), encoding)).toEqual(text);
});

it("says which encoding it does not know", async () => {
  await expect(decompress(text, "br")).rejects.toThrow("cannot undo the encoding br");
  await expect(decompress(text, undefined)).rejects.toThrow("cannot undo the encoding (none)");
});

it("rejects damaged bytes", async () => {
  await expect(decompress(text, "gzip")).rejects.toThrow();
});

it("stops at its limit, however small the payload is", async () => {
  const bomb = new Uint8Array(gzipSync(new Uint8Array(20_000_000)));
  await expect(decompress(bomb, "gzip", 100_000)).rejects.toThrow("longer than 100000 bytes");
});
