import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import type { PageClient } from "@triptych/testkit/sign-in/page-client.ts";
import { expect, it } from "vitest";
import { ORIGIN, useSignIn } from "./use-sign-in.ts";

// Long enough for a sign-in and some calls, on a busy machine, too.
const signIn = useSignIn(6);
/** How often a call is made until all that can be remembered of its headers is. */
const AGAIN = 5;

/** Calls of the page of a browser, all over one connection of HTTP/2 and in the same bytes; each resolves with what it ends with, 0 where it is let in. */
function callsOfPage({ cookieHeader }: PageClient): () => Promise<Code | 0> {
  const client = createClient(OrderService, createTransport("grpc-web over http/2", signIn.server.baseUrl));
  const headers = { cookie: cookieHeader, origin: ORIGIN };
  return () =>
    client.listOrders({}, { headers }).then(
      () => 0 as const,
      (error) => ConnectError.from(error).code,
    );
}

async function openPage(login: string): Promise<{ readonly browser: PageClient; codeOf(): Promise<Code | 0> }> {
  const browser = signIn.openBrowser();
  await browser.signIn(login);
  const codeOf = callsOfPage(browser);
  for (let count = 0; count < AGAIN; count++) expect(await codeOf()).toBe(0);
  return { browser, codeOf };
}

it("who has signed out is let in no more over the connection of their page", async () => {
  const { browser, codeOf } = await openPage("alice");
  await browser.request("/auth/sign-out", { method: "POST" });
  expect(await codeOf()).toBe(Code.Unauthenticated);
});

it("a session that has expired is let in again over the same connection once it is refreshed", async () => {
  const { browser, codeOf } = await openPage("alice");
  await expect.poll(codeOf, { timeout: 10_000, interval: 50 }).toBe(Code.Unauthenticated);
  await browser.request("/auth/refresh", { method: "POST" });
  for (let count = 0; count < AGAIN; count++) expect(await codeOf()).toBe(0);
});
