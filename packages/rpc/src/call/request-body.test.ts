import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { RequestBody } from "./request-body.ts";

type Step = { readonly push: Uint8Array } | { readonly take: number } | { readonly peek: true };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.uint8Array({ maxLength: 40 }).map((push) => ({ push })) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 900, max: 5_000 }).map((size) => ({ push: new Uint8Array(size).fill(7) })),
  },
  { weight: 2, arbitrary: fc.nat(60).map((take) => ({ take })) },
  { weight: 1, arbitrary: fc.constant({ peek: true } as const) },
);

describe("the body of a request", () => {
  it("hands on its bytes in order, in whatever pieces they come and go", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const body = new RequestBody();
        const taken: Uint8Array[] = [];
        const pushed: Uint8Array[] = [];
        for (const one of steps) {
          if ("push" in one) {
            body.push(one.push);
            body.hold();
            pushed.push(one.push);
          } else if ("take" in one) taken.push(body.take(Math.min(one.take, body.length)));
          else expect(body.peek().length).toBe(body.length);
        }
        taken.push(body.take(body.length));
        expect(Buffer.concat(taken).equals(Buffer.concat(pushed))).toBe(true);
        expect(body.length).toBe(0);
      }),
    );
  });

  it("holds many small chunks in few pieces", () => {
    const body = new RequestBody();
    for (let count = 0; count < 65_536; count++) body.push(Uint8Array.of(1));
    const concat = vi.spyOn(Buffer, "concat");
    expect(body.peek().length).toBe(65_536);
    expect(concat.mock.lastCall?.[0].length).toBeLessThanOrEqual(18);
    concat.mockRestore();
  });

  it("keeps no more than four times the memory of what it holds alive", () => {
    const body = new RequestBody();
    const pool = new Uint8Array(65_536).map((_, index) => index);
    for (const [start, end] of [
      [7, 9],
      [100, 2_100],
      [3_000, 3_001],
      [20_000, 36_384],
    ] as const) {
      body.push(pool.subarray(start, end));
      body.hold();
    }
    const expected = [pool.subarray(7, 9), pool.subarray(100, 2_100), pool.subarray(3_000, 3_001)];
    const concat = vi.spyOn(Buffer, "concat");
    expect(Buffer.concat([...expected, pool.subarray(20_000, 36_384)]).equals(body.peek())).toBe(true);
    const held = concat.mock.lastCall?.[0] ?? [];
    expect(held.map(({ buffer }) => buffer === pool.buffer)).toEqual([false, false, false, true]);
    concat.mockRestore();
  });

  it("holds nothing once it has failed, and takes nothing more", () => {
    const body = new RequestBody();
    body.push(Uint8Array.of(1));
    body.fail(new Error("closed"));
    body.push(Uint8Array.of(2));
    expect([body.length, body.peek().length]).toEqual([0, 0]);
  });
});
