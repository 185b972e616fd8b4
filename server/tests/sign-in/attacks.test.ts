import type { PageClient } from "@triptych/testkit/sign-in/page-client.ts";
import { describe, expect, it } from "vitest";
import { ORIGIN, useSignIn } from "./use-sign-in.ts";

const signIn = useSignIn();
const SESSION = "__Host-triptych-session";
const PENDING = "__Host-triptych-sign-in-";

/** The cookie of the one sign-in that a browser has begun. */
function pendingOf({ cookies }: PageClient): [string, string] {
  const [pending, ...more] = [...cookies].filter(([name]) => name.startsWith(PENDING));
  if (pending === undefined || more.length > 0) throw new Error("one sign-in must have begun");
  return pending;
}

/** Changes what the provider is asked, as an attacker in between would. */
function changed(url: string, name: string, value: string): string {
  const { href, searchParams } = new URL(url);
  searchParams.set(name, value);
  return `${href.split("?", 1)[0]}?${searchParams}`;
}

describe("what the provider sends a browser back with", () => {
  it("counts once", async () => {
    const browser = signIn.openBrowser();
    const callback = await browser.passProvider(await browser.beginSignIn(), "alice");
    const pending = pendingOf(browser);
    expect((await browser.request(callback)).status).toBe(303);
    browser.cookies.clear();
    expect((await browser.request(callback)).status).toBe(400);
    // Also for who has kept the cookie: the provider takes a code once.
    browser.cookies.set(...pending);
    expect((await browser.request(callback)).status).toBe(400);
    expect(browser.cookies.has(SESSION)).toBe(false);
  });

  it("counts only in the browser that has asked for it", async () => {
    const attacker = signIn.openBrowser();
    const callback = await attacker.passProvider(await attacker.beginSignIn(), "mallory");
    const victim = signIn.openBrowser();
    await victim.beginSignIn();
    expect((await victim.request(callback)).status).toBe(400);
    expect(victim.cookies.has(SESSION)).toBe(false);
  });

  it.each([
    ["another nonce", "nonce", "n".repeat(43)],
    ["another proof", "code_challenge", "c".repeat(43)],
    ["another state", "state", "s".repeat(43)],
  ])("does not count for %s", async (_, name, value) => {
    const browser = signIn.openBrowser();
    const callback = await browser.passProvider(changed(await browser.beginSignIn(), name, value), "alice");
    expect((await browser.request(callback)).status).toBe(400);
    expect(browser.cookies.has(SESSION)).toBe(false);
  });

  it("is shown as text", async () => {
    const browser = signIn.openBrowser();
    await browser.beginSignIn();
    const { body } = await browser.request("/auth/callback?error=%3Cscript%3E&state=%3Cscript%3E");
    expect(body.toString()).not.toContain("<script>");
  });
});

it.each(["//evil.example/", "/\\evil.example", "https://evil.example/", "/.//evil.example", "/auth/sign-out", "x"])(
  "a sign-in returns to this server, whatever it is asked: %s",
  async (wanted) => {
    expect(await signIn.openBrowser().signIn("alice", wanted)).toBe(`${ORIGIN}/`);
  },
);

it("a session that somebody else has made up is none", async () => {
  const browser = signIn.openBrowser();
  browser.cookies.set(SESSION, "a".repeat(43));
  await browser.signIn("alice");
  expect(browser.cookies.get(SESSION)).not.toBe("a".repeat(43));
});

it("the cookie of a sign-in counts as the server has made it, and has the provider asked for nothing otherwise", async () => {
  const browser = signIn.openBrowser();
  const callback = await browser.passProvider(await browser.beginSignIn(), "alice");
  const [name, sealed] = pendingOf(browser);
  const own = { state: new URL(callback, ORIGIN).searchParams.get("state"), nonce: "n", verifier: "v", path: "/" };
  const before = signIn.provider.answered().length;
  for (const value of [Buffer.from(JSON.stringify(own)).toString("base64url"), sealed.replace(/^../, "__"), ""]) {
    browser.cookies.set(name, value);
    expect((await browser.request(callback)).status).toBe(400);
  }
  expect(signIn.provider.answered()).toHaveLength(before);
  browser.cookies.set(name, sealed);
  expect((await browser.request(callback)).status).toBe(303);
});

it("what another page sends a browser to ends none of its sign-ins", async () => {
  const browser = signIn.openBrowser();
  const callback = await browser.passProvider(await browser.beginSignIn(), "alice");
  await browser.request("/auth/callback?code=x&state=x");
  await browser.beginSignIn();
  expect((await browser.request(callback)).status).toBe(303);
});

it("a browser keeps the cookies of no more than four sign-ins, the latest", async () => {
  const browser = signIn.openBrowser();
  const callbacks: string[] = [];
  for (let begun = 0; begun < 5; begun += 1)
    callbacks.push(await browser.passProvider(await browser.beginSignIn(), "alice"));
  expect(browser.cookies.size).toBe(4);
  const statuses: number[] = [];
  for (const callback of callbacks) {
    statuses.push((await browser.request(callback)).status ?? 0);
    // One that ends another's session has the provider take back all that it has given to the person.
    browser.cookies.delete(SESSION);
  }
  expect(statuses).toEqual([400, 303, 303, 303, 303]);
});

it.each(["/auth/sign-out", "/auth/refresh"])("no page of another origin may ask for %s", async (path) => {
  const browser = signIn.openBrowser();
  await browser.signIn("alice");
  for (const origin of ["https://evil.example", "null", "http://books.example"]) {
    expect((await browser.request(path, { method: "POST", headers: { origin } })).status).toBe(403);
  }
  expect((await browser.request(path)).status).toBe(405);
  expect(JSON.parse((await browser.request("/auth/session")).body.toString()).user).not.toBeNull();
});
