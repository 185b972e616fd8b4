import { describe, expect, it } from "vitest";
import type { FeedUpdate } from "./feed.ts";
import { createFeedMessages } from "./feed-messages.ts";

const event = { kind: "event", sequence: 1, time: new Date(0), event: "one" } as const;
const position = { kind: "position", logId: "log", sequence: 1, oldestSequence: 1 } as const;

const messages = createFeedMessages((update: FeedUpdate<string>) => ({ inner: { kind: update.kind } }));

async function* updates(): AsyncGenerator<FeedUpdate<string>> {
  yield position;
  yield event;
}

describe("the messages of a feed", () => {
  it("are made once for each event, frozen all through, and once for each follower of its positions", async () => {
    const [first, second] = [await Array.fromAsync(messages(updates)), await Array.fromAsync(messages(updates))];
    expect(first).toEqual([{ inner: { kind: "position" } }, { inner: { kind: "event" } }]);
    expect(second[1]).toBe(first[1]);
    expect([first[1], first[1]?.inner].map(Object.isFrozen)).toEqual([true, true]);
    expect(second[0]).not.toBe(first[0]);
  });

  it("say when nobody reads on, and reject where the feed refuses to be followed", async () => {
    let hasLeft = false;
    const followed = messages(async function* () {
      try {
        yield position;
        yield position;
      } finally {
        hasLeft = true;
      }
    });
    await followed.next();
    await followed.return?.();
    expect(hasLeft).toBe(true);
    const refused = messages(() => {
      throw new Error("no such start");
    });
    await expect(refused.next()).rejects.toThrow("no such start");
  });
});
