import { expect, it } from "vitest";
import { createRecordingFeed } from "./recording-feed.ts";

const signal = () => new AbortController().signal;

it("remembers what was appended and numbers it", async () => {
  const feed = createRecordingFeed<string>({ time: new Date(7) });
  expect(await feed.append("a")).toEqual({ sequence: 1, time: new Date(7), event: "a" });
  expect(await feed.append("b")).toEqual({ sequence: 2, time: new Date(7), event: "b" });
  expect(feed.appended).toEqual(["a", "b"]);
});

it("does not store what may not be", async () => {
  const feed = createRecordingFeed<string>({ beforeAppend: () => Promise.reject(new Error("disk full")) });
  await expect(feed.append("a")).rejects.toThrow("disk full");
  expect(feed.appended).toEqual([]);
});

it("fails for a follower that the test did not expect", () => {
  expect(() => createRecordingFeed().follow({}, signal())).toThrow("unexpected follower");
});

it("gives followers its updates and then waits for the abort", async () => {
  const update = { kind: "position", logId: "log", sequence: 1, oldestSequence: 1 } as const;
  const feed = createRecordingFeed({ updates: [update] });
  const leave = new AbortController();
  const follower = feed.follow({ recent: 3 }, leave.signal)[Symbol.asyncIterator]();
  expect(await follower.next()).toEqual({ value: update, done: false });
  expect(feed.following).toBe(1);
  const next = follower.next();
  leave.abort(new Error("gone"));
  await expect(next).rejects.toThrow("gone");
  expect(feed.starts).toEqual([{ recent: 3 }]);
  await feed.idle();
  expect(feed.following).toBe(0);
});
