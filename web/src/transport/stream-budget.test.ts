import { expect, it } from "vitest";
import { createLockManager } from "../test/lock-manager.ts";
import { createStreamBudget, maxStreamConnections, type StreamBudget } from "./stream-budget.ts";

const overHttp1 = () => false;

/** Asks for all connections at once. */
async function takeAll(budget: StreamBudget) {
  const permits = await Promise.all(Array.from({ length: maxStreamConnections }, () => budget.request()));
  return permits.map((permit) => {
    if (permit.carrier !== "http") throw new Error(`no connection was left: ${permit.reason}`);
    return permit;
  });
}

it("leaves at least half of the six connections of a browser to pages and unary calls", () => {
  expect(maxStreamConnections).toBeLessThanOrEqual(3);
});

it("gives all tabs together so many connections, and sends the next stream to the WebSocket", async () => {
  const locks = createLockManager();
  const tabs = Array.from({ length: 5 }, () => createStreamBudget({ locks, isMultiplexed: overHttp1 }));
  const permits = await Promise.all(tabs.map((tab) => tab.request()));
  expect(permits.filter(({ carrier }) => carrier === "http")).toHaveLength(maxStreamConnections);
  expect(permits).toContainEqual({ carrier: "websocket", reason: "budget-spent" });
});

it("gives a connection on that another tab has given back", async () => {
  const locks = createLockManager();
  const [first] = await takeAll(createStreamBudget({ locks, isMultiplexed: overHttp1 }));
  const other = createStreamBudget({ locks, isMultiplexed: overHttp1 });
  expect((await other.request()).carrier).toBe("websocket");
  first?.release();
  first?.release();
  await locks.settled();
  expect((await other.request()).carrier).toBe("http");
  expect((await other.request()).carrier).toBe("websocket");
});

it("gives a stream the connection of the one that the same tab has just ended", async () => {
  const budget = createStreamBudget({ locks: createLockManager(), isMultiplexed: overHttp1 });
  const permits = await takeAll(budget);
  for (const permit of permits) permit.release();
  await takeAll(budget);
});

it("counts nothing where one connection carries all streams", async () => {
  const locks = createLockManager();
  const budget = createStreamBudget({ locks, isMultiplexed: () => true });
  const permits = await Promise.all(Array.from({ length: 20 }, () => budget.request()));
  expect(new Set(permits.map(({ carrier }) => carrier))).toEqual(new Set(["http"]));
  expect(locks.held).toBe(0);
});

it("sends every stream to the WebSocket where the page has no locks", async () => {
  const budget = createStreamBudget({ locks: undefined, isMultiplexed: overHttp1 });
  expect(await budget.request()).toEqual({ carrier: "websocket", reason: "no-locks" });
});

it("sends every stream to the WebSocket where the browser refuses the page its locks", async () => {
  const locks = { request: () => Promise.reject(new DOMException("blocked", "SecurityError")) };
  const budget = createStreamBudget({ locks, isMultiplexed: overHttp1 });
  expect(await budget.request()).toEqual({ carrier: "websocket", reason: "no-locks" });
});

it("goes on sharing after a lock was taken from the tab", async () => {
  async function request(name: string, _options: unknown, callback: (lock: Lock) => unknown): Promise<unknown> {
    await Promise.resolve();
    void callback({ name, mode: "exclusive" });
    throw new DOMException("stolen", "AbortError");
  }
  // The types of the DOM overload it for calls without options, which nobody makes here.
  const locks = { request: request as LockManager["request"] };
  const budget = createStreamBudget({ locks, isMultiplexed: overHttp1 });
  const permit = await budget.request();
  if (permit.carrier === "http") permit.release();
  expect((await budget.request()).carrier).toBe("http");
});
