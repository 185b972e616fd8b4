import { describe, expect, it } from "vitest";
import { createHealth, type Health } from "./health.ts";

/** A watcher that a test moves on by hand. */
function watchBy(health: Health, service: string) {
  const left = new AbortController();
  const statuses = health.watch(service, left.signal)[Symbol.asyncIterator]();
  return {
    next: async () => (await statuses.next()).value,
    abort: (reason: Error) => left.abort(reason),
    leave: () => statuses.return?.(),
  };
}

function createServing(...services: string[]): Health {
  const health = createHealth();
  health.add(services);
  return health;
}

describe("the status of a service", () => {
  it("is known for the server as a whole and for what was added", () => {
    const health = createServing("a.A");
    expect(health.names()).toEqual(["", "a.A"]);
    expect(["", "a.A", "a.B"].map(health.status)).toEqual(["serving", "serving", "unknown"]);
    expect(health.obstacle).toBeUndefined();
  });

  it("follows the store", () => {
    const health = createServing("a.A");
    health.setObstacle("the disk is full");
    expect(["", "a.A", "a.B"].map(health.status)).toEqual(["not-serving", "not-serving", "unknown"]);
    expect(health.obstacle).toBe("the disk is full");
    health.setObstacle(undefined);
    expect(health.status("a.A")).toBe("serving");
  });

  it("is not-serving for good after the end, whatever the store does", async () => {
    const health = createServing("a.A");
    await health.shutDown();
    health.setObstacle("full");
    health.setObstacle(undefined);
    expect(["", "a.A", "a.B"].map(health.status)).toEqual(["not-serving", "not-serving", "unknown"]);
    expect(health.obstacle).toBe("the server is shutting down");
  });
});

describe("a watcher", () => {
  it("gets the status now, then each change and nothing else", async () => {
    const health = createServing("a.A");
    const watcher = watchBy(health, "a.A");
    expect(await watcher.next()).toBe("serving");
    const change = watcher.next();
    health.setObstacle(undefined);
    health.add(["a.B"]);
    health.setObstacle("full");
    expect(await change).toBe("not-serving");
    const back = watcher.next();
    health.setObstacle(undefined);
    expect(await back).toBe("serving");
  });

  it("is notified of a service that becomes known", async () => {
    const health = createHealth();
    const watcher = watchBy(health, "a.A");
    expect(await watcher.next()).toBe("unknown");
    const change = watcher.next();
    health.add(["a.A"]);
    expect(await change).toBe("serving");
  });

  it("gets the latest when it is slower than the changes", async () => {
    const health = createServing();
    const watcher = watchBy(health, "");
    await watcher.next();
    for (const obstacle of ["full", undefined, "full"]) health.setObstacle(obstacle);
    expect(await watcher.next()).toBe("not-serving");
  });

  it("ends with the reason of its signal", async () => {
    const watcher = watchBy(createServing(), "");
    await watcher.next();
    const next = watcher.next();
    watcher.abort(new Error("left"));
    await expect(next).rejects.toThrow("left");
  });

  it("ends at once when its signal is aborted while it is notified", async () => {
    const watcher = watchBy(createServing(), "");
    await watcher.next();
    watcher.abort(new Error("left"));
    await expect(watcher.next()).rejects.toThrow("left");
  });
});

describe("the end", () => {
  it("waits until every watcher has taken in that nothing is served", async () => {
    const health = createServing();
    const [first, second] = [watchBy(health, ""), watchBy(health, "")];
    await Promise.all([first.next(), second.next()]);
    const order: string[] = [];
    const end = health.shutDown().then(() => order.push("end"));
    order.push(`first ${await first.next()}`);
    void first.next();
    order.push(`second ${await second.next()}`);
    void second.next();
    await end;
    expect(order).toEqual(["first not-serving", "second not-serving", "end"]);
  });

  it("does not wait for a watcher that leaves, that is notified of nothing new or that comes later", async () => {
    const health = createServing();
    const [leaving, unknown, later] = [watchBy(health, ""), watchBy(health, "a.A"), watchBy(health, "")];
    await Promise.all([leaving.next(), unknown.next()]);
    void unknown.next();
    const end = health.shutDown();
    expect(await later.next()).toBe("not-serving");
    await leaving.leave();
    await expect(end).resolves.toBeUndefined();
  });

  it("is the same when it is asked for again", async () => {
    const health = createServing();
    const watcher = watchBy(health, "");
    await watcher.next();
    const ends = [health.shutDown(), health.shutDown()];
    expect(await watcher.next()).toBe("not-serving");
    void watcher.next();
    await Promise.all(ends);
  });
});

describe("the watchers of a health", () => {
  it("count until they leave or their signal is aborted", async () => {
    const health = createServing("a.A");
    const watchers = [watchBy(health, "a.A"), watchBy(health, ""), watchBy(health, "none")];
    await Promise.all(watchers.map((watcher) => watcher.next()));
    expect(health.watchers).toBe(3);
    await watchers[0]?.leave();
    expect(health.watchers).toBe(2);
    const next = watchers.slice(1).map((watcher) => watcher.next());
    for (const watcher of watchers) watcher.abort(new Error("left"));
    for (const ended of next) await expect(ended).rejects.toThrow("left");
    expect(health.watchers).toBe(0);
  });

  it("do not hold up the end when they have left without hearing of it", async () => {
    const health = createServing();
    const watcher = watchBy(health, "");
    await watcher.next();
    const end = health.shutDown();
    await watcher.leave();
    await expect(end).resolves.toBeUndefined();
  });
});
