import { describe, expect, it } from "vitest";
import { watchMessages } from "./watch-messages.ts";

/** A stream that is watched, and what was told of its end. */
function watch(messages: AsyncIterable<number>) {
  const told: string[] = [];
  const watched = watchMessages(messages, {
    finished: () => void told.push("finished"),
    failed(error) {
      told.push("failed");
      return new Error(`told instead of: ${error instanceof Error ? error.message : error}`);
    },
    left: () => void told.push("left"),
  });
  return { iterator: watched[Symbol.asyncIterator](), told };
}

async function* numbers(onEnd: () => void = () => undefined): AsyncGenerator<number> {
  try {
    yield 1;
    yield 2;
  } finally {
    onEnd();
  }
}

async function* failing(): AsyncGenerator<number> {
  yield await Promise.reject(new Error("broken"));
}

describe("messages that are watched", () => {
  it("pass as they are, and their end is told once", async () => {
    const { iterator, told } = watch(numbers());
    expect([await iterator.next(), await iterator.next()].map(({ value }) => value)).toEqual([1, 2]);
    expect(told).toEqual([]);
    expect((await iterator.next()).done).toBe(true);
    expect((await iterator.next()).done).toBe(true);
    await iterator.return?.();
    expect(told).toEqual(["finished"]);
  });

  it("fail with what is told instead, once", async () => {
    const { iterator, told } = watch(failing());
    await expect(iterator.next()).rejects.toThrow("told instead of: broken");
    await iterator.return?.();
    expect(told).toEqual(["failed"]);
  });

  it("end at their source when their reader leaves, which is told once", async () => {
    let ended = 0;
    const { iterator, told } = watch(numbers(() => ended++));
    await iterator.next();
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
    await iterator.return?.();
    expect(told).toEqual(["left"]);
    expect(ended).toBe(1);
  });

  it("fail with their own error once their reader has left, and nobody is told", async () => {
    const source = { next: () => Promise.reject(new Error("aborted")) };
    const { iterator, told } = watch({ [Symbol.asyncIterator]: () => source });
    await iterator.return?.();
    await expect(iterator.next()).rejects.toThrow(/^aborted$/);
    expect(told).toEqual(["left"]);
  });
});
