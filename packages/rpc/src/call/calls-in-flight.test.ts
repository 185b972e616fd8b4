import { expect, it } from "vitest";
import { reachableFrom } from "../testing/reachable.ts";
import { CallsInFlight, type TrackedCall } from "./calls-in-flight.ts";
import { createRunningHandlers } from "./running-handlers.ts";

it("knows nothing of a call that is over, nor that call of the others, whichever of them comes first", () => {
  const calls = new CallsInFlight({ maxCallsInFlight: 0, reservedFor: [] }, createRunningHandlers());
  const tracked = [1, 2, 3].map((): TrackedCall => ({ sweep: () => undefined }));
  for (const call of tracked) calls.track(call);
  for (const [index, over] of tracked.entries()) {
    calls.untrack(over);
    calls.untrack(over);
    expect(calls.open).toBe(2 - index);
    expect(reachableFrom(calls).has(over)).toBe(false);
    expect(tracked.filter((call) => call !== over && reachableFrom(over).has(call))).toEqual([]);
  }
});
