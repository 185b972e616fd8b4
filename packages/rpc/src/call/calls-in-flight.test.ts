import { reachableFrom } from "@triptych/testkit/leftovers/reachable.ts";
import { expect, it } from "vitest";
import { CallsInFlight, type TrackedCall } from "./calls-in-flight.ts";
import { createRunningHandlers } from "./running-handlers.ts";

it("knows nothing of a call that has ended, nor that call of the others, whichever of them comes first", () => {
  const calls = new CallsInFlight({ maxCallsInFlight: 0, reservedFor: [] }, createRunningHandlers());
  const tracked = [1, 2, 3].map((): TrackedCall => ({ sweep: () => undefined }));
  for (const call of tracked) calls.track(call);
  for (const [index, ended] of tracked.entries()) {
    calls.untrack(ended);
    calls.untrack(ended);
    expect(calls.open).toBe(2 - index);
    expect(reachableFrom(calls).has(ended)).toBe(false);
    expect(tracked.filter((call) => call !== ended && reachableFrom(ended).has(call))).toEqual([]);
  }
});
