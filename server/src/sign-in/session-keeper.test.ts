import { expect, it } from "vitest";
import { BrowserSessions, idOfSecret } from "../identity/browser-sessions.ts";
import { openSessionStore } from "../storage/sqlite/session-store.ts";
import { useDatabase } from "../storage/sqlite/testing/use-database.ts";
import { SessionKeeper } from "./session-keeper.ts";

const used = useDatabase();

/** A keeper whose provider gives the answer of a refresh, and never one to a revocation. */
function openKeeper(refresh: () => Promise<undefined>, revoked: string[] = []) {
  const store = openSessionStore(used.database);
  const common = { store, issuer: "i", now: Date.now };
  const revoke = (token: string) => {
    revoked.push(token);
    return new Promise<never>(() => {});
  };
  const provider = { discover: async () => {}, refresh, revoke };
  const sessions = new BrowserSessions({ ...common, admins: [] });
  return { store, keeper: new SessionKeeper({ ...common, sessions, provider, onError: () => {} }) };
}

const tokens = { lastMs: 1_000, refreshToken: "token" };

it("ends a session without waiting for the provider to hear of it", async () => {
  const { keeper } = openKeeper(async () => undefined);
  const secret = await keeper.begin({ subject: "alice", name: "Alice", tokens });
  await keeper.end(secret);
  expect(await keeper.refresh(secret)).toBeUndefined();
});

it("has the provider take back the token of another person who was signed in before, not of the same", async () => {
  const revoked: string[] = [];
  const { keeper } = openKeeper(async () => undefined, revoked);
  for (const [subject, successor] of [
    ["alice", "alice"],
    ["alice", "mallory"],
    ["bob", undefined],
  ] as const) {
    const secret = await keeper.begin({
      subject,
      name: subject,
      tokens: { ...tokens, refreshToken: `${subject} ${successor}` },
    });
    await keeper.end(secret, successor);
    expect(await keeper.refresh(secret)).toBeUndefined();
  }
  expect(revoked).toEqual(["alice mallory", "bob undefined"]);
});

it("leaves a session to who has taken over its refresh, whatever the provider says of the token before", async () => {
  const { keeper, store } = openKeeper(async () => {
    const [session] = await store.find([id]);
    if (session === undefined) throw new Error("the session must be there");
    const later = Date.now() + 60_000;
    const another = openSessionStore(used.database, () => later);
    await another.claim({ id, expiresAt: session.expiresAt, by: "another", lastsMs: 1_000 });
    await store.renew(id, "another", { expiresAt: later, refreshToken: "next" });
    return undefined;
  });
  const secret = await keeper.begin({ subject: "alice", name: "Alice", tokens });
  const id = idOfSecret(secret);
  expect((await keeper.refresh(secret))?.stored.refreshToken).toBe("next");
});
