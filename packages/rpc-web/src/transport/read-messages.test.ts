import { Code } from "@connectrpc/connect";
import fc from "fast-check";
import { expect, it } from "vitest";
import { prefixMessage, readMessages } from "./read-messages.ts";

async function* inChunks(bytes: readonly number[], sizes: readonly number[]) {
  let start = 0;
  for (const size of [...sizes, bytes.length]) {
    yield Uint8Array.from(bytes.slice(start, start + size));
    start += size;
  }
}

const read = (bytes: readonly number[], max = 100) =>
  Array.fromAsync(readMessages(inChunks(bytes, []), max), (message) => [...message]);

it("gives messages back however their bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 100 })),
      fc.array(fc.nat({ max: 20 })),
      async (messages, sizes) => {
        const bytes = messages.flatMap((message) => [...prefixMessage(message)]);
        expect(await Array.fromAsync(readMessages(inChunks(bytes, sizes), 100))).toEqual(messages);
      },
    ),
  );
});

it.each([
  ["compressed", [1, 0, 0, 0, 0], Code.Internal, "the flag of a message must be 0: got 1"],
  ["trailers among messages", [128, 0, 0, 0, 0], Code.Internal, "the flag of a message must be 0: got 128"],
  ["cut off in its prefix", [0, 0, 0], Code.Internal, "a message must have 5 bytes: got 3"],
  ["cut off", [0, 0, 0, 0, 3, 1], Code.Internal, "a message must have 3 bytes: got 1"],
  ["cut off before its first byte", [0, 0, 0, 0, 3], Code.Internal, "a message must have 3 bytes: got 0"],
  ["too long", [0, 0, 0, 0, 101], Code.ResourceExhausted, "a message must have at most 100 bytes: got 101"],
  ["far too long", [0, 255, 255, 255, 255], Code.ResourceExhausted, "got 4294967295"],
])("rejects a message that is %s", async (_what, bytes, code, text) => {
  await expect(read(bytes)).rejects.toMatchObject({ code, rawMessage: expect.stringContaining(text) });
});

it("yields the messages before the one that is wrong", async () => {
  const messages = readMessages(inChunks([...prefixMessage(Uint8Array.of(7)), 9, 0, 0, 0, 0], []), 100);
  expect((await messages.next()).value).toEqual(Uint8Array.of(7));
  await expect(messages.next()).rejects.toMatchObject({ code: Code.Internal });
});
