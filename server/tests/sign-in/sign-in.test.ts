import { once } from "node:events";
import { connect } from "node:http2";
import { expect, it } from "vitest";
import { ORIGIN, useSignIn } from "./use-sign-in.ts";

const signIn = useSignIn();
const COOKIE = "__Host-triptych-session";

const sessionOf = async (browser: ReturnType<typeof signIn.openBrowser>) =>
  JSON.parse((await browser.request("/auth/session")).body.toString());

it("signs a person in at the provider, and shows the page who they are", async () => {
  const browser = signIn.openBrowser();
  expect(await sessionOf(browser)).toEqual({ asks: true, signsIn: true, takesCertificates: false, user: null });
  expect(await browser.signIn("alice", "/books?protocol=connect#top")).toBe(`${ORIGIN}/books?protocol=connect#top`);
  expect(await sessionOf(browser)).toMatchObject({
    asks: true,
    signsIn: true,
    user: { name: "alice of the test", isAdmin: false, readerId: expect.any(Number), expiresInMs: expect.any(Number) },
  });
  expect([...browser.cookies.keys()]).toEqual([COOKIE]);
});

it("keeps the cookie from scripts, from other sites and from what is not encrypted", async () => {
  const browser = signIn.openBrowser();
  const callback = await browser.passProvider(await browser.beginSignIn(), "alice");
  const [, session = ""] = (await browser.request(callback)).headers["set-cookie"] ?? [];
  expect(session).toMatch(
    /^__Host-triptych-session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/,
  );
});

it("knows an admin of the provider", async () => {
  const browser = signIn.openBrowser();
  await browser.signIn("root");
  expect(await sessionOf(browser)).toMatchObject({ user: { isAdmin: true } });
});

it("gives each sign-in a new session, and ends the one before", async () => {
  const browser = signIn.openBrowser();
  await browser.signIn("alice");
  const before = browser.cookies.get(COOKIE) ?? "";
  await browser.signIn("bob");
  expect(browser.cookies.get(COOKIE)).not.toBe(before);
  const other = signIn.openBrowser();
  other.cookies.set(COOKIE, before);
  expect(await sessionOf(other)).toMatchObject({ user: null });
});

it("signs out here and takes the token back at the provider", async () => {
  const browser = signIn.openBrowser();
  await browser.signIn("alice");
  const secret = browser.cookies.get(COOKIE) ?? "";
  const { body } = await browser.request("/auth/sign-out", { method: "POST" });
  expect(new URL(JSON.parse(body.toString()).location).searchParams.get("post_logout_redirect_uri")).toBe(`${ORIGIN}/`);
  expect(browser.cookies.size).toBe(0);
  browser.cookies.set(COOKIE, secret);
  expect(await sessionOf(browser)).toMatchObject({ user: null });
  await expect.poll(() => signIn.provider.answered()).toContain("/token/revocation  200");
});

it("sends a browser that came by another address to the one that the provider knows", async () => {
  const browser = signIn.openBrowser();
  const { status, headers } = await browser.request("/auth/sign-in?return=/books", { headers: { host: "127.0.0.1" } });
  expect([status, headers.location]).toEqual([303, `${ORIGIN}/auth/sign-in?return=%2Fbooks&moved=`]);
});

it("does the same over HTTP/2", async () => {
  const client = connect(signIn.server.baseUrl);
  try {
    const request = client.request({ ":path": "/auth/sign-in?return=/books", ":authority": "127.0.0.1" });
    const [headers] = await once(request, "response");
    expect([headers[":status"], headers.location]).toEqual([303, `${ORIGIN}/auth/sign-in?return=%2Fbooks&moved=`]);
  } finally {
    client.destroy();
  }
});
