import { describe, expect, it } from "vitest";
import { createManualTime } from "./testing/manual-time.ts";
import { ticks } from "./ticks.ts";

function setUp(schedule: { interval: number; count?: number }) {
  const time = createManualTime();
  const leave = new AbortController();
  return { time, leave, stream: ticks(schedule, time, leave.signal) };
}

describe("ticks", () => {
  it("begins at once", async () => {
    const { time, stream } = setUp({ interval: 1_000 });
    expect(await stream.next()).toEqual({ value: 1, done: false });
    expect(time.pending).toBe(0);
  });

  it("waits the interval between two", async () => {
    const { time, stream } = setUp({ interval: 1_000 });
    await stream.next();
    const second = stream.next();
    expect(await time.waiting()).toBe(1_000);
    time.advance(1_000);
    expect(await second).toEqual({ value: 2, done: false });
  });

  it("ends after the count, without waiting once more", async () => {
    const { time, stream } = setUp({ interval: 1_000, count: 1 });
    await stream.next();
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    expect(time.pending).toBe(0);
  });

  it.each([
    ["shortens the next wait by the time its reader took", 300, 700],
    ["gives a tick that is late at once", 1_000, 0],
    ["gives only the latest of the ticks that are late", 3_400, 0],
  ])("%s", async (_, took, wait) => {
    const { time, stream } = setUp({ interval: 1_000 });
    await stream.next();
    time.advance(took);
    const second = stream.next();
    expect(await time.waiting()).toBe(wait);
    time.advance(wait);
    expect(await second).toEqual({ value: 2, done: false });
  });

  it("keeps to the beat after being late", async () => {
    const { time, stream } = setUp({ interval: 1_000 });
    await stream.next();
    time.advance(3_400);
    const second = stream.next();
    await time.waiting();
    time.advance(0);
    await second;
    const third = stream.next();
    expect(await time.waiting()).toBe(600);
    time.advance(600);
    expect(await third).toEqual({ value: 3, done: false });
  });

  it("does not drift when every wait takes longer than asked", async () => {
    const { time, stream } = setUp({ interval: 10 });
    await stream.next();
    for (let number = 2; number <= 1_000; number++) {
      const next = stream.next();
      time.advance((await time.waiting()) + 3);
      await next;
    }
    expect(time.now() - 5_000).toBe(999 * 10 + 3);
  });

  it("gives no tick twice when a wait ends early", async () => {
    const { time, stream } = setUp({ interval: 10.5 });
    await stream.next();
    const second = stream.next();
    expect(await time.waiting()).toBe(11);
    time.advance(11);
    await second;
    const third = stream.next();
    expect(await time.waiting()).toBe(10);
    time.advance(10);
    expect(await third).toEqual({ value: 3, done: false });
  });

  it("ends with the reason of the signal and leaves no wait behind", async () => {
    const { time, leave, stream } = setUp({ interval: 1_000 });
    await stream.next();
    const second = stream.next();
    await time.waiting();
    const reason = new Error("the client left");
    leave.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect(time.pending).toBe(0);
  });

  it("does not begin when the signal is aborted already", async () => {
    const { leave, stream } = setUp({ interval: 1_000 });
    leave.abort(new Error("the client left"));
    await expect(stream.next()).rejects.toThrow("the client left");
  });

  it("passes on what else goes wrong with a wait", async () => {
    const delay = () => Promise.reject(new Error("no more timers"));
    const stream = ticks({ interval: 10 }, { delay, now: () => 0 }, new AbortController().signal);
    await stream.next();
    await expect(stream.next()).rejects.toThrow("no more timers");
  });
});
