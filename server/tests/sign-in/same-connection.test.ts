import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import type { PageClient } from "@triptych/testkit/sign-in/page-client.ts";
import { expect, it } from "vitest";
import { ORIGIN, type SignInUnderTest, useSignIn } from "./use-sign-in.ts";

const signIn = useSignIn();
/** Its sessions expire soon: long enough for a sign-in and some calls, on a busy machine, too. */
const brief = useSignIn(6);
/** How often a call is made until all that can be remembered of its headers is. */
const AGAIN = 5;
/** For how long a connection stays without a call, in milliseconds: it is one for all calls of a test. */
const STAYS_MS = 10_000;

type Ends = Promise<Code | 0>;

/** Makes calls over one connection of HTTP/2, with headers; each resolves with what it ends with, 0 where it is let in. */
function openConnection({ server }: SignInUnderTest): (headers: Readonly<Record<string, string>>) => Ends {
  const transport = createTransport("grpc-web over http/2", server.baseUrl, STAYS_MS);
  const { listOrders } = createClient(OrderService, transport);
  return (headers) =>
    listOrders({}, { headers }).then(
      () => 0 as const,
      (error) => ConnectError.from(error).code,
    );
}

const headersOf = ({ cookieHeader }: PageClient) => ({ cookie: cookieHeader, origin: ORIGIN });

async function openPage(at: SignInUnderTest): Promise<{ readonly browser: PageClient; codeOf(): Ends }> {
  const browser = at.openBrowser();
  await browser.signIn("alice");
  const call = openConnection(at);
  const codeOf = () => call(headersOf(browser));
  for (let count = 0; count < AGAIN; count++) expect(await codeOf()).toBe(0);
  return { browser, codeOf };
}

it("who has signed out is let in no more over the connection of their page", async () => {
  const { browser, codeOf } = await openPage(signIn);
  await browser.request("/auth/sign-out", { method: "POST" });
  expect(await codeOf()).toBe(Code.Unauthenticated);
});

it("a session that has expired is let in again over the same connection once it is refreshed", async () => {
  const { browser, codeOf } = await openPage(brief);
  await expect.poll(codeOf, { timeout: 10_000, interval: 50 }).toBe(Code.Unauthenticated);
  await browser.request("/auth/refresh", { method: "POST" });
  for (let count = 0; count < AGAIN; count++) expect(await codeOf()).toBe(0);
});

it("pages that share a connection are told apart, and from what is no page", async () => {
  const [alice, bob] = [signIn.openBrowser(), signIn.openBrowser()];
  await alice.signIn("alice");
  await bob.signIn("bob");
  const call = openConnection(signIn);
  for (let count = 0; count < AGAIN; count++) {
    expect(await call(headersOf(alice))).toBe(0);
    expect(await call(headersOf(bob))).toBe(0);
    expect(await call({ cookie: alice.cookieHeader })).toBe(Code.Unauthenticated);
  }
  await bob.request("/auth/sign-out", { method: "POST" });
  expect(await call(headersOf(bob))).toBe(Code.Unauthenticated);
  expect(await call(headersOf(alice))).toBe(0);
});
