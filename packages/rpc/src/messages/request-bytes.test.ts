import type { ConnectError } from "@connectrpc/connect";
import { Code } from "@connectrpc/connect";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type BytesHolder, RequestBytes } from "./request-bytes.ts";

interface TestHolder extends BytesHolder {
  readonly errors: ConnectError[];
}

function createHolder(): TestHolder {
  const errors: ConnectError[] = [];
  return { errors, reject: (error) => errors.push(error) };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the bytes of incomplete messages", () => {
  it("are counted until they are released", () => {
    const bytes = new RequestBytes({ maxBufferedBytes: 100 });
    const [one, other] = [createHolder(), createHolder()];
    bytes.add(one, 10);
    bytes.add(one, 20);
    bytes.add(other, 70);
    expect(bytes.total).toBe(100);
    bytes.release(one);
    bytes.release(one);
    expect(bytes.total).toBe(70);
    expect([...one.errors, ...other.errors]).toEqual([]);
    expect(vi.getTimerCount()).toBe(1);
    bytes.release(other);
    expect(bytes.total).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("cost the largest its place when they are one too many", () => {
    const bytes = new RequestBytes({ maxBufferedBytes: 100 });
    const [small, large] = [createHolder(), createHolder()];
    bytes.add(small, 40);
    bytes.add(large, 60);
    expect(large.errors).toEqual([]);
    bytes.add(small, 1);
    expect(large.errors).toMatchObject([
      { code: Code.ResourceExhausted, rawMessage: expect.stringContaining("100 bytes") },
    ]);
    expect(small.errors).toEqual([]);
    expect([bytes.total, bytes.rejected]).toEqual([41, 1]);
  });

  it("cost the slowest of two alike its place", () => {
    const bytes = new RequestBytes({ maxBufferedBytes: 100 });
    const [early, late] = [createHolder(), createHolder()];
    bytes.add(early, 50);
    vi.advanceTimersByTime(5_000);
    bytes.add(late, 51);
    expect([early.errors.length, late.errors.length]).toEqual([1, 0]);
  });

  it("know no limit where that is 0", () => {
    const bytes = new RequestBytes({ maxBufferedBytes: 0 });
    const holder = createHolder();
    bytes.add(holder, 2 ** 40);
    expect(holder.errors).toEqual([]);
    bytes.release(holder);
  });

  it("must come at the least rate", () => {
    const bytes = new RequestBytes({ maxBufferedBytes: 0 });
    const [slow, fast] = [createHolder(), createHolder()];
    bytes.add(slow, 1);
    bytes.add(fast, 1);
    for (let second = 0; second < 65; second++) {
      bytes.add(fast, 1_025);
      vi.advanceTimersByTime(1_000);
      if (second === 28) {
        expect(slow.errors).toEqual([]);
        bytes.add(slow, 1);
      }
    }
    expect(slow.errors).toMatchObject([{ code: Code.DeadlineExceeded }]);
    expect(fast.errors).toEqual([]);
    expect(bytes.tooSlow).toBe(1);
    bytes.release(fast);
  });

  it("must go on at that rate, however many came before", () => {
    const bytes = new RequestBytes({ maxBufferedBytes: 0 });
    const stalled = createHolder();
    bytes.add(stalled, 1_048_576);
    vi.advanceTimersByTime(31_000);
    expect(stalled.errors).toEqual([]);
    vi.advanceTimersByTime(31_000);
    expect(stalled.errors).toMatchObject([{ code: Code.DeadlineExceeded }]);
  });
});
