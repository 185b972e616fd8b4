import { afterEach, expect, it, vi } from "vitest";
import type { SessionStore } from "../domain/session-store.ts";
import { openSessionStore } from "../storage/sqlite/session-store.ts";
import { useDatabase } from "../storage/sqlite/testing/use-database.ts";
import { BrowserSessions, idOfSecret } from "./browser-sessions.ts";

const used = useDatabase();
const SECRET = "s".repeat(43);
const id = idOfSecret(SECRET);
let now = 1_000_000;

afterEach(() => {
  vi.useRealTimers();
});

/** The sessions of a store in which there is one. */
async function open(change: (store: SessionStore) => SessionStore = (store) => store) {
  const store = openSessionStore(used.database);
  const times = { expiresAt: now + 9_000_000, endsAt: now + 9_000_000 };
  await store.create({ id, issuer: "i", subject: "alice", name: "Alice", refreshToken: "", ...times }, now);
  const sessions = new BrowserSessions({ store: change(store), issuer: "i", admins: [], now: () => now });
  return { store, sessions };
}

it("has no session any more once it was ended, also for who was looking for it", async () => {
  const found = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const { sessions } = await open((store) => ({
    ...store,
    async find(ids) {
      const rows = await store.find(ids);
      found.resolve();
      await goOn.promise;
      return rows;
    },
  }));
  const looking = sessions.find(SECRET);
  await found.promise;
  await sessions.end(id);
  goOn.resolve();
  expect(await looking).toBeUndefined();
  expect(await sessions.find(SECRET)).toBeUndefined();
});

it("looks again after a second, also when the clock of the machine was set back", async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const { store, sessions } = await open();
  expect(await sessions.find(SECRET)).toBeDefined();
  await store.end(id);
  now -= 3_600_000;
  vi.advanceTimersByTime(1_000);
  expect(await sessions.find(SECRET)).toBeUndefined();
});

it("has no session any more once its time is over, however long its token is valid", async () => {
  const { store, sessions } = await open();
  const times = { expiresAt: now + 9_000_000, endsAt: now + 1_000 };
  const secret = "t".repeat(43);
  await store.create(
    { id: idOfSecret(secret), issuer: "i", subject: "bob", name: "Bob", refreshToken: "", ...times },
    now,
  );
  expect((await sessions.find(secret))?.expiresAt).toBe(times.endsAt);
  now = times.endsAt;
  expect(await sessions.find(secret)).toBeUndefined();
});

it("has whoever keeps a session look for it again once it was forgotten for others", async () => {
  const times = { expiresAt: now + 9_000_000, endsAt: now + 9_000_000 };
  const { sessions } = await open((store) => ({
    ...store,
    find: async (ids) =>
      ids.map((found) => ({ id: found, issuer: "i", subject: "alice", name: "Alice", refreshToken: "", ...times })),
  }));
  const session = await sessions.find(SECRET);
  if (session === undefined) throw new Error("there is a session of every secret");
  expect(session.freshUntil).toBeGreaterThan(performance.now());
  for (let count = 0; count < 10_000; count++) await sessions.find(String(count).padStart(43, "o"));
  expect(session.freshUntil).toBeLessThan(performance.now());
  // As the sweep of open streams does.
  await sessions.refresh([session]);
  expect(session.freshUntil).toBeLessThan(performance.now());
});
