import { expect, it } from "vitest";
import { ConnectionTimers, type TimedConnection } from "./connection-timers.ts";
import { defaultLimits } from "./limits.ts";

it("cuts a connection whose socket takes nothing, though its settings are not acknowledged either", () => {
  const timers = new ConnectionTimers(defaultLimits, 0);
  const connection: TimedConnection = { hasPreface: true, streamsOpened: 0, blockedBytes: 1_024, sendPing: () => {} };
  const timedOut = new Set(Array.from({ length: 60 }, (_, second) => timers.check(connection, 1_000 * second)));
  expect(timedOut).toEqual(new Set([undefined, "settings", "write"]));
});

it("gives a socket that has taken something the whole time again", () => {
  const timers = new ConnectionTimers(defaultLimits, 0);
  timers.settingsAcked();
  const check = (blockedBytes: number | undefined, seconds: number) =>
    timers.check({ hasPreface: true, streamsOpened: 0, blockedBytes, sendPing: () => {} }, 1_000 * seconds);
  expect([check(1_024, 0), check(1_024, 30), check(undefined, 31)]).toEqual([undefined, undefined, undefined]);
  expect([check(1_024, 32), check(1_024, 62), check(1_024, 63)]).toEqual([undefined, undefined, "write"]);
});
