import { getEventListeners } from "node:events";
import { openTimers, watchTimers } from "@triptych/testkit/leftovers/open-timers.ts";
import { reachableFrom } from "@triptych/testkit/leftovers/reachable.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { createHub } from "./hub.ts";

const LONG_MS = 2 ** 30;
const never = () => new AbortController().signal;

beforeAll(() => watchTimers());

describe("a hub that all have left", () => {
  const ways = {
    "by leaving": ({ subscription }: Setup) => subscription.leave(),
    "by leaving twice": ({ subscription }: Setup) => {
      subscription.leave();
      subscription.leave();
    },
    "by the abort of their signal": ({ left }: Setup) => left.abort(new Error("left")),
    "by both": ({ subscription, left }: Setup) => {
      subscription.leave();
      left.abort(new Error("left"));
    },
  };
  type Setup = {
    readonly subscription: ReturnType<ReturnType<typeof createHub>["subscribe"]>;
    readonly left: AbortController;
  };

  it.each(Object.entries(ways))("holds no waiter, no listener and no timer (%s)", async (_how, leave) => {
    const hub = createHub();
    const left = new AbortController();
    const subscription = hub.subscribe("key", LONG_MS, left.signal);
    expect(hub.waiters).toBe(1);
    const waiting = subscription.wait().catch(() => false);
    expect(Object.keys(openTimers()).filter((origin) => origin.startsWith("storage/live/"))).toHaveLength(1);
    leave({ subscription, left });
    expect(await waiting).toBe(false);
    expect([hub.waiters, hub.keys]).toEqual([0, 0]);
    expect(getEventListeners(left.signal, "abort")).toEqual([]);
    expect(Object.keys(openTimers()).filter((origin) => origin.startsWith("storage/live/"))).toEqual([]);
  });

  it("has forgotten how long they waited", async () => {
    const hub = createHub();
    hub.subscribe("key", LONG_MS, never()).leave();
    const subscription = hub.subscribe("key", 1, never());
    expect(await subscription.wait()).toBe(false);
    subscription.leave();
  });
});

it("a hub takes nobody in whose signal is aborted", async () => {
  const hub = createHub();
  const subscription = hub.subscribe("key", LONG_MS, AbortSignal.abort(new Error("left")));
  expect([hub.waiters, hub.keys]).toEqual([0, 0]);
  await expect(subscription.wait()).rejects.toThrow("left");
});

it("a hub ends waits in the order in which they are due, also of one who comes back at once", async () => {
  const hub = createHub();
  const first = hub.subscribe("key", 20, never());
  const second = hub.subscribe("key", 20, never());
  const ends: string[] = [];
  const wait = async (name: string, subscription: typeof first) => {
    await subscription.wait();
    ends.push(name);
  };
  const firstTwice = wait("first", first).then(() => wait("first again", first));
  for (const start = performance.now(); performance.now() - start < 5; );
  await Promise.all([firstTwice, wait("second", second)]);
  expect(ends).toEqual(["first", "second", "first again"]);
  first.leave();
  second.leave();
});

it("those who stay at a hub hold nothing of those who have left while both waited", () => {
  const hub = createHub();
  const end = new AbortController();
  const [stays, leaves] = [hub.subscribe("key", LONG_MS, end.signal), hub.subscribe("key", LONG_MS, end.signal)];
  for (const subscription of [stays, leaves]) subscription.wait().catch(() => undefined);
  expect(reachableFrom(stays).has(leaves)).toBe(true);
  leaves.leave();
  expect(reachableFrom(stays).has(leaves)).toBe(false);
  end.abort();
});
