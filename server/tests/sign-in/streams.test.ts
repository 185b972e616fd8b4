import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import type { PageClient } from "@triptych/testkit/sign-in/page-client.ts";
import { expect, it } from "vitest";
import { ORIGIN, useSignIn } from "./use-sign-in.ts";

// Long enough for a sign-in and a call, on a busy machine, too.
const signIn = useSignIn(6);

/** A feed that the person of a browser may follow: it has begun. */
async function follow(browser: PageClient): Promise<{ readonly ended: Promise<ConnectError | undefined> }> {
  const client = createClient(OrderService, createTransport("grpc-web over http/2", signIn.server.baseUrl));
  const headers = { cookie: browser.cookieHeader, origin: ORIGIN };
  const feed = client.watchOrders({}, { headers })[Symbol.asyncIterator]();
  await feed.next();
  return { ended: endOf(feed) };
}

async function endOf(feed: AsyncIterator<unknown>): Promise<ConnectError | undefined> {
  try {
    while ((await feed.next()).done !== true);
    return undefined;
  } catch (error) {
    return ConnectError.from(error);
  }
}

it("a stream ends when its session expires, and goes on once that is refreshed, which happens once", async () => {
  const browser = signIn.openBrowser();
  await browser.signIn("alice");
  const { ended } = await follow(browser);
  expect(await ended).toMatchObject({ code: Code.Unauthenticated, rawMessage: "the session has expired" });
  await expect(follow(browser)).rejects.toMatchObject({ code: Code.Unauthenticated });

  const before = signIn.provider.answered().length;
  const refreshes = await Promise.all([1, 2, 3].map(() => browser.request("/auth/refresh", { method: "POST" })));
  expect(refreshes.map(({ status }) => status)).toEqual([200, 200, 200]);
  await expect.poll(() => signIn.provider.answered().slice(before)).toEqual(["/token refresh_token 200"]);
  await follow(browser);
});

it("a stream ends when its person signs out", async () => {
  const browser = signIn.openBrowser();
  await browser.signIn("alice");
  const { ended } = await follow(browser);
  await browser.request("/auth/sign-out", { method: "POST" });
  expect(await ended).toMatchObject({ code: Code.Unauthenticated, rawMessage: "the session was revoked" });
});

it("who signs in elsewhere keeps this session", async () => {
  const [here, there] = [signIn.openBrowser(), signIn.openBrowser()];
  await here.signIn("alice");
  await there.signIn("alice");
  await there.request("/auth/sign-out", { method: "POST" });
  const { user } = JSON.parse((await here.request("/auth/session")).body.toString());
  expect(user).not.toBeNull();
});
