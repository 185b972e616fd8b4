import { describe, expect, it } from "vitest";
import { signalOfTest } from "../../testing/signal-of-test.ts";
import { createHub, type Hub } from "./hub.ts";

const LONG_MS = 2 ** 30;

const join = (hub: Hub, { key = "key", timeoutMs = LONG_MS, signal = signalOfTest() } = {}) =>
  hub.subscribe(key, timeoutMs, signal);

describe("a hub", () => {
  it("wakes all that wait for a key, and nobody else", async () => {
    const hub = createHub();
    const here = [join(hub).wait(), join(hub).wait()];
    const elsewhere = join(hub, { key: "other", timeoutMs: 1 }).wait();
    hub.wake("key");
    expect(await Promise.all([...here, elsewhere])).toEqual([true, true, false]);
  });

  it("wakes who waits again, and only those who wait", async () => {
    const hub = createHub();
    const subscription = join(hub);
    const first = subscription.wait();
    hub.wake("key");
    hub.wake("key");
    expect(await first).toBe(true);
    const second = subscription.wait();
    hub.wake("key");
    expect(await second).toBe(true);
  });

  it("ends each wait when its own time is over", async () => {
    const hub = createHub();
    const ends: string[] = [];
    const first = join(hub, { timeoutMs: 20 });
    const second = join(hub, { timeoutMs: 20 });
    const wait = async (name: string, subscription: typeof first) => {
      const start = performance.now();
      ends.push(`${name} ${await subscription.wait()} ${performance.now() - start >= 20}`);
    };
    const renewed = wait("first", first);
    hub.wake("key");
    await renewed;
    await Promise.all([wait("second", second), wait("first", first)]);
    expect(ends).toEqual(["first true false", "second false true", "first false true"]);
  });

  it("rejects with the signal's reason when that is aborted, during a wait or before", async () => {
    const controller = new AbortController();
    const subscription = join(createHub(), { signal: controller.signal });
    const waiting = subscription.wait();
    controller.abort(new Error("left"));
    await expect(waiting).rejects.toThrow("left");
    await expect(subscription.wait()).rejects.toThrow("left");
  });

  it("ends the wait of who leaves, and nobody else's", async () => {
    const hub = createHub();
    const leaving = join(hub);
    const [left, stayed] = [leaving.wait(), join(hub).wait()];
    leaving.leave();
    expect(await left).toBe(false);
    hub.wake("key");
    expect(await stayed).toBe(true);
  });
});
