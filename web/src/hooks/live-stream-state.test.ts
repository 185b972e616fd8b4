import { Code, ConnectError } from "@connectrpc/connect";
import { expect, test } from "vitest";
import { idleStream, type LiveStreamEvent, liveStreamReducer } from "./live-stream-state.ts";

const error = new ConnectError("gone", Code.Unavailable);

function after(...events: LiveStreamEvent[]) {
  return events.reduce(liveStreamReducer, idleStream);
}

test.each<[string, LiveStreamEvent[], object]>([
  ["is idle", [], { kind: "idle" }],
  ["connects", [{ type: "opened", failures: 0 }], { kind: "connecting", failures: 0 }],
  [
    "is live since the first arrival",
    [
      { type: "opened", failures: 0 },
      { type: "arrived", at: 5 },
      { type: "arrived", at: 9 },
    ],
    { kind: "live", since: 5 },
  ],
  [
    "reconnects when lost",
    [
      { type: "arrived", at: 5 },
      { type: "lost", retryAt: 800, error },
    ],
    { kind: "reconnecting", retryAt: 800, error },
  ],
  ["ends", [{ type: "arrived", at: 5 }, { type: "ended" }], { kind: "ended" }],
  ["fails", [{ type: "failed", error }], { kind: "failed", error }],
  ["is paused while the page is hidden", [{ type: "arrived", at: 5 }, { type: "paused" }], { kind: "paused" }],
])("%s", (_name, events, expected) => {
  expect(after(...events)).toEqual(expected);
});

test("an arrival on a live stream gives the same object, so that nothing renders again", () => {
  const live = after({ type: "arrived", at: 5 });
  expect(liveStreamReducer(live, { type: "arrived", at: 6 })).toBe(live);
});
