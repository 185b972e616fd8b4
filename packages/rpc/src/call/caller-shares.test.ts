import { describe, expect, it } from "vitest";
import { CallerShare } from "./caller-share.ts";
import { CallerShares } from "./caller-shares.ts";

const rate = { perSecond: 10, burst: 20 };

describe("CallerShare", () => {
  it("gives what it holds, then what comes in again", () => {
    const share = new CallerShare(rate, 0, { count: 0 });
    expect(share.take(15, 0)).toBe(0);
    expect(share.take(15, 0)).toBe(1_000);
    expect(share.take(15, 1_000)).toBe(0);
    expect(share.take(1, 1_000)).toBe(100);
  });

  it("holds no more than at first, however long it is left alone", () => {
    const share = new CallerShare(rate, 0, { count: 0 });
    expect(share.take(20, 1_000_000)).toBe(0);
    expect(share.take(1, 1_000_000)).toBeGreaterThan(0);
  });

  it("takes all that it holds for what costs more than that", () => {
    const share = new CallerShare(rate, 0, { count: 0 });
    expect(share.take(500, 0)).toBe(0);
    expect(share.take(500, 1_000)).toBe(1_000);
  });

  it("is not filled by a clock that an older call has read", () => {
    const share = new CallerShare(rate, 0, { count: 0 });
    share.take(20, 0);
    expect(share.take(20, 6_000)).toBe(0);
    expect(share.take(20, 5_500)).toBe(2_000);
    expect(share.take(20, 7_000)).toBe(1_000);
  });

  it("counts callers while they have calls in flight", () => {
    const inFlight = { count: 0 };
    const shares = [new CallerShare(rate, 0, inFlight), new CallerShare(rate, 0, inFlight)];
    for (const share of shares) for (const isStream of [true, false]) share.began(isStream);
    expect(inFlight.count).toBe(2);
    expect(shares.map(({ calls, streams }) => [calls, streams])).toEqual([
      [2, 1],
      [2, 1],
    ]);
    for (const share of shares) for (const isStream of [false, true]) share.ended(isStream);
    expect(inFlight.count).toBe(0);
    expect(shares.map(({ calls, streams }) => [calls, streams])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

describe("CallerShares", () => {
  it("remembers a bounded number of callers, however many come", () => {
    const shares = new CallerShares(rate, { count: 0 }, 100);
    for (let index = 0; index < 10_000; index++) shares.of(`10.0.${index >> 8}.${index & 255}`, 0);
    expect(shares.size).toBe(100);
  });

  it("forgets nobody who has calls in flight", () => {
    const shares = new CallerShares(rate, { count: 0 }, 3);
    const busy = shares.of("busy", 0);
    busy.began(false);
    for (let index = 0; index < 100; index++) shares.of(`caller ${index}`, 0);
    expect(shares.of("busy", 0)).toBe(busy);
    expect(shares.size).toBe(3);
  });

  it("says of a share whose it is until it is forgotten", () => {
    const shares = new CallerShares(rate, { count: 0 }, 2);
    const kept = ["a", "b"].map((caller) => shares.of(caller, 0));
    expect(kept.map(({ caller }) => caller)).toEqual(["a", "b"]);
    shares.of("c", 0);
    expect(kept.map(({ caller }) => caller)).toEqual([undefined, "b"]);
    for (const caller of ["b", "c"]) shares.of(caller, 0).began(false);
    expect(shares.of("d", 0).caller).toBeUndefined();
  });

  it("has those who come when all are busy share with each other", () => {
    const shares = new CallerShares(rate, { count: 0 }, 2);
    for (const caller of ["a", "b"]) shares.of(caller, 0).began(false);
    expect(shares.of("c", 0)).toBe(shares.of("d", 0));
    expect(shares.of("c", 0)).not.toBe(shares.of("a", 0));
    expect(shares.size).toBe(2);
    shares.of("a", 0).ended(false);
    expect(shares.of("c", 0)).not.toBe(shares.of("b", 0));
    expect(shares.size).toBe(2);
  });
});
