import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createAuthenticate } from "./authenticate.ts";
import type { Session } from "./session.ts";
import { unauthenticated } from "./unauthenticated.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** What is found for a token, and how often it was looked at; the wall clock is set by the test. */
function open(lastsMs: number) {
  let wall = 1_000_000;
  let looks = 0;
  const session: Session = {
    by: "token",
    principal: { id: "alice", isAdmin: false },
    expiresAt: wall + lastsMs,
    freshUntil: Number.POSITIVE_INFINITY,
    isRevoked: () => false,
  };
  const authenticate = createAuthenticate({
    verifyToken: async () => {
      looks += 1;
      return { ...session, freshUntil: performance.now() + 60_000 };
    },
    apiKeys: undefined,
    now: () => wall,
  });
  return {
    async looksFor(token: string, scheme = "Bearer "): Promise<number> {
      const before = looks;
      const found = authenticate.find(scheme + token, performance.now());
      await (typeof found === "function" ? found() : found);
      return looks - before;
    },
    setWall: (milliseconds: number) => {
      wall += milliseconds;
    },
  };
}

it("looks at a token again after a minute, also where the clock was set back", async () => {
  const credentials = open(3_600_000);
  expect(await credentials.looksFor("token")).toBe(1);
  expect(await credentials.looksFor("token")).toBe(0);
  credentials.setWall(-3_600_000);
  vi.advanceTimersByTime(59_000);
  expect(await credentials.looksFor("token")).toBe(0);
  vi.advanceTimersByTime(2_000);
  expect(await credentials.looksFor("token")).toBe(1);
});

it("looks at a token again once it has expired", async () => {
  const credentials = open(10_000);
  await credentials.looksFor("token");
  credentials.setWall(10_001);
  vi.advanceTimersByTime(1);
  expect(await credentials.looksFor("token")).toBe(1);
});

it("looks at a token once, however it is spelled", async () => {
  const credentials = open(3_600_000);
  expect(await credentials.looksFor("token", "bearer  ")).toBe(1);
  for (const scheme of ["Bearer ", "bearer  ", "BEARER "]) expect(await credentials.looksFor("token", scheme)).toBe(0);
});

it("takes a key no longer once it was revoked, however often it came before", () => {
  const key = "tk_key";
  let isRevoked = false;
  const session: Session = {
    by: "key",
    principal: { id: "key:key", isAdmin: false },
    expiresAt: Number.POSITIVE_INFINITY,
    freshUntil: Number.POSITIVE_INFINITY,
    isRevoked: () => isRevoked,
  };
  const authenticate = createAuthenticate({
    verifyToken: undefined,
    apiKeys: {
      check(credential) {
        if (isRevoked || credential !== key) throw unauthenticated("the key is not known, or was revoked");
        return session;
      },
    },
    now: () => 0,
  });
  const spelled = [`Bearer ${key}`, `Bearer ${key}`, `bearer  ${key}`];
  for (const one of spelled) expect(authenticate.find(one, 0)).toBe(session);
  isRevoked = true;
  for (const one of spelled) expect(() => authenticate.find(one, 0)).toThrow("was revoked");
});
