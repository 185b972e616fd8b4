import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createByteQueue } from "./byte-queue.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

describe("a byte queue", () => {
  it("hands on all bytes in order, and says how many", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3_000 })), async (chunks) => {
        let pulled = 0;
        const queue = createByteQueue((count) => {
          pulled += count;
        });
        for (const chunk of chunks) queue.push(chunk);
        queue.end();
        const read = (await Array.fromAsync(queue)).flatMap((chunk) => [...chunk]);
        expect(read).toEqual(chunks.flatMap((chunk) => [...chunk]));
        expect(pulled).toBe(read.length);
      }),
    );
  });

  it("holds many small chunks as few large ones", async () => {
    const queue = createByteQueue();
    for (let count = 0; count < 65_536; count++) queue.push(bytes(1));
    queue.end();
    expect(await Array.fromAsync(queue, (chunk) => chunk.length)).toEqual(Array(16).fill(4_096));
  });

  it("wakes a reader that waits: for bytes, for the end", async () => {
    const queue = createByteQueue();
    const reader = queue[Symbol.asyncIterator]();
    const first = reader.next();
    queue.push(bytes(1));
    expect(await first).toEqual({ value: bytes(1), done: false });
    const second = reader.next();
    queue.end();
    expect(await second).toEqual({ value: undefined, done: true });
  });

  it("fails a reader at once, even after the end and before bytes that are there", async () => {
    const queue = createByteQueue();
    const reader = queue[Symbol.asyncIterator]();
    queue.push(bytes(1));
    queue.end();
    queue.fail(new Error("closed"));
    await expect(reader.next()).rejects.toThrow("closed");
  });

  it("fails a reader that waits", async () => {
    const queue = createByteQueue();
    const next = queue[Symbol.asyncIterator]().next();
    queue.fail(new Error("closed"));
    await expect(next).rejects.toThrow("closed");
  });

  it("holds what was pushed and not read, and nothing once its reader has left, whatever comes then", async () => {
    const queue = createByteQueue();
    queue.push(bytes(1, 2, 3));
    queue.push(new Uint8Array(5_000));
    queue.push(new Uint8Array(5_000));
    expect(queue.size).toBe(10_003);
    for await (const _ of queue) break;
    expect(queue.size).toBe(0);
    queue.push(bytes(2));
    expect(queue.size).toBe(0);
  });

  it("holds nothing once it has failed, nor after its end", async () => {
    const failed = createByteQueue();
    failed.push(bytes(1));
    failed.fail(new Error("closed"));
    failed.push(bytes(2));
    expect(failed.size).toBe(0);
    const ended = createByteQueue();
    ended.end();
    ended.push(bytes(1));
    expect(ended.size).toBe(0);
  });
});
