import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CallerShare } from "./caller-share.ts";
import { DelayedRefusals } from "./delayed-refusals.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** As many refusals as a caller has at once. */
const AT_ONCE = 100;

function newShare(): CallerShare {
  const share = new CallerShare({ perSecond: 1, burst: 1 }, 0, { count: 0 });
  for (let refusal = 0; refusal < AT_ONCE; refusal++) share.isRefusedAgain(0);
  return share;
}

/** Refuses calls of a caller who was refused too often; says how many are answered by now. */
function refuse(refusals: DelayedRefusals, share: CallerShare, calls: number) {
  const refused = Array.from({ length: calls }, () => ({
    startedAt: 0,
    onAbort: undefined as ((reason: unknown) => void) | undefined,
    answers: 0,
  }));
  for (const call of refused) {
    refusals.refuse(call, share, () => {
      call.answers += 1;
    });
  }
  return {
    refused,
    get answered() {
      return refused.reduce((sum, { answers }) => sum + answers, 0);
    },
  };
}

it("no more wait than a tenth of the calls that may be in flight, and of one caller half as many", () => {
  const refusals = new DelayedRefusals(60);
  const share = newShare();
  const calls = refuse(refusals, share, 10);
  expect(calls.answered).toBe(7);
  expect(refuse(refusals, newShare(), 2).answered).toBe(0);
  // One place is left.
  expect(refuse(refusals, newShare(), 3).answered).toBe(2);
  vi.runAllTimers();
  expect(calls.answered).toBe(10);
  expect(share.delayed).toBe(0);
  expect(refuse(refusals, newShare(), 3).answered).toBe(0);
});

it("a call that is aborted waits no longer, and is answered once", () => {
  const refusals = new DelayedRefusals(1_000);
  const share = newShare();
  const calls = refuse(refusals, share, 1);
  expect(calls.answered).toBe(0);
  expect(vi.getTimerCount()).toBe(1);
  calls.refused[0]?.onAbort?.(new Error("the client has left"));
  expect(calls.answered).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
  expect(share.delayed).toBe(0);
});
