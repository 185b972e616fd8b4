import type { Socket } from "node:net";
import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { OUTPUT_BUFFER_BYTES, OutputBuffer } from "./output-buffer.ts";

const PARTS = 1_000;
const PART_BYTES = 17;

it("has a socket that takes nothing keep about as much memory as it is given bytes, in however small parts", () => {
  const kept = new Set<ArrayBufferLike>();
  // Takes what it is given, and never says that it is done: as a socket whose client does not read.
  const socket = new Writable({ highWaterMark: 65_536, write: (chunk: Buffer) => void kept.add(chunk.buffer) });
  const written: Buffer[] = [];
  const write = socket.write.bind(socket);
  socket.write = (chunk: Buffer) => {
    written.push(chunk);
    return write(chunk);
  };
  const output = new OutputBuffer(socket as unknown as Socket, false, () => undefined);
  for (let part = 0; part < PARTS; part++) {
    output.reserve(PART_BYTES).fill(part, output.length, output.length + PART_BYTES);
    output.length += PART_BYTES;
    output.flush();
  }
  for (const { buffer } of written) kept.add(buffer);
  const keptBytes = [...kept].reduce((sum, { byteLength }) => sum + byteLength, 0);
  expect(written).toHaveLength(PARTS);
  // The buffer of the first part, and those of Node from which copies are cut.
  expect(keptBytes).toBeLessThan(4 * OUTPUT_BUFFER_BYTES);
});
