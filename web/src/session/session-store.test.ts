import { expect, it } from "vitest";
import { createSessionStore } from "./session-store.ts";

const user = { name: "Alice", isAdmin: false, readerId: 1_000_000_000, expiresInMs: 60_000 };
const signedIn = { asks: true, signsIn: true, user };
const signedOut = { asks: true, signsIn: true, user: null };

/** A store over a server that answers what the test says, and which requests it has had. */
function createStore(answers: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  let time = 0;
  const store = createSessionStore({
    async fetch(path, init) {
      asked.push(`${init?.method} ${path}`);
      const answer = answers[String(path)];
      return answer === undefined ? new Response("", { status: 503 }) : Response.json(answer);
    },
    now: () => time,
  });
  return {
    store,
    asked,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

it("knows who is signed in, and that a server does not ask", async () => {
  const { store } = createStore({ "/auth/session": signedIn });
  expect(store.get()).toEqual({ kind: "unknown" });
  await store.load();
  expect(store.get()).toMatchObject({ kind: "signed-in", user: { name: "Alice", expiresAt: 60_000 } });
  const other = createStore({ "/auth/session": { asks: false, signsIn: false, user: null } });
  await other.store.load();
  expect(other.store.get()).toEqual({ kind: "not-asked" });
});

it("knows that a certificate may say who calls", async () => {
  const { store } = createStore({ "/auth/session": { ...signedOut, takesCertificates: true } });
  await store.load();
  expect(store.get()).toEqual({ kind: "signed-out", signsIn: true, takesCertificates: true });
});

it("stays as it was where the server cannot be asked", async () => {
  const { store } = createStore({});
  await store.load();
  expect(store.get()).toEqual({ kind: "unknown" });
});

it("refreshes once, however many ask", async () => {
  const { store, asked } = createStore({ "/auth/session": signedIn, "/auth/refresh": signedIn });
  await store.load();
  expect(await Promise.all([store.refresh(), store.refresh(), store.refresh()])).toEqual([true, true, true]);
  expect(asked).toEqual(["GET /auth/session", "POST /auth/refresh"]);
});

it("refreshes before a call only when the session has expired", async () => {
  const { store, asked, pass } = createStore({ "/auth/session": signedIn, "/auth/refresh": signedIn });
  await store.load();
  await store.whenValid();
  expect(asked).toHaveLength(1);
  pass(60_000);
  await store.whenValid();
  expect(asked).toHaveLength(2);
});

it("hears that the session has ended", async () => {
  const { store } = createStore({ "/auth/session": signedIn, "/auth/refresh": signedOut });
  await store.load();
  expect(await store.refresh()).toBe(false);
  expect(store.get()).toEqual({ kind: "signed-out", signsIn: true });
});

it("rejects, and stays signed in, where the session cannot be refreshed now", async () => {
  const { store } = createStore({ "/auth/session": signedIn });
  await store.load();
  await expect(store.refresh()).rejects.toThrow("HTTP 503");
  expect(store.get().kind).toBe("signed-in");
});

it("asks nothing where nobody is signed in", async () => {
  const { store, asked } = createStore({ "/auth/session": signedOut });
  await store.load();
  expect(await store.refresh()).toBe(false);
  expect(asked).toEqual(["GET /auth/session"]);
});

it("signs out and leads to the provider, or else to the first page", async () => {
  const provider = "https://id.example.com/end";
  const { store } = createStore({ "/auth/session": signedIn, "/auth/sign-out": { location: provider } });
  await store.load();
  expect(await store.signOut()).toBe(provider);
  expect(store.get().kind).toBe("signed-out");
  const other = createStore({ "/auth/sign-out": { location: null } });
  expect(await other.store.signOut()).toBe("/");
});
