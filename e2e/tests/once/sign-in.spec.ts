import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { expect, type Page } from "@playwright/test";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { sessionManager } from "@triptych/testkit/clients/session-manager.ts";
import { freePort } from "@triptych/testkit/processes/server-process.ts";
import { type SignInProvider, startSignInProvider } from "@triptych/testkit/sign-in/start-provider.ts";
import { test as base } from "../../fixtures.ts";
import { withServer } from "../../server.ts";

/** How long the tokens of the provider are valid, in seconds: shorter than the tests wait for what follows. */
const TOKEN_SECONDS = 8;

/** A server of its own, with a provider that people sign in at. */
const test = base.extend<{ provider: SignInProvider }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
  provider: async ({}, use) => {
    const port = await freePort();
    // Another name than the provider's: to the browser they are two sites.
    const provider = await startSignInProvider(`http://localhost:${port}`, TOKEN_SECONDS);
    await use(provider);
    await provider.stop();
  },
  server: async ({ provider }, use) => {
    const origin = provider.settings.PUBLIC_URL ?? "";
    await withServer((server) => use({ ...server, baseUrl: origin }), provider.settings, Number(new URL(origin).port));
  },
});

/** Says at the provider who one is, and agrees. */
async function passProvider(page: Page, login: string): Promise<void> {
  await page.locator("[name=login]").fill(login);
  await page.locator("[name=password]").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

test("a person signs in, stays signed in as tokens expire, and signs out", async ({ page, provider, shell }) => {
  await page.goto("/books?view=orders");
  const orders = page.getByRole("region", { name: "Orders" });
  await expect(orders.getByRole("alert")).toContainText("This is for people who are signed in.");
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).click();
  await passProvider(page, "alice");

  // Back where it was, as themselves, and with no token within reach of a script.
  await expect(page).toHaveURL(/\/books\?view=orders$/);
  await expect(page.getByRole("button", { name: "alice of the test" })).toBeVisible();
  await expect(orders.getByRole("status")).toHaveText("live");
  expect(await page.evaluate(() => document.cookie)).toBe("");
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(/eyJ/);

  // The stream ends with its token, and goes on with the next: nothing is lost of what came between.
  const refreshes = () => provider.answered().filter((line) => line.startsWith("/token refresh_token 200")).length;
  await expect.poll(refreshes, { timeout: 30_000 }).toBeGreaterThan(0);
  await expect(orders.getByRole("status")).toHaveText("live");
  await page.evaluate(async () => {
    const response = await fetch("/triptych.order.v1.OrderService/CreateOrder", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ items: [{ bookId: 1 }], phone: "112 112" }),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
  });
  await expect(orders.getByRole("article")).toHaveCount(1);

  await page.getByRole("button", { name: "alice of the test" }).click();
  await shell.readerDialog.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
});

test("the Explorer makes no call that one may not make, unless it brings a credential of its own", async ({
  explorer,
  page,
}) => {
  const send = explorer.button("Send");
  await explorer.open("grpc-web", "triptych.greeter.v1.GreeterService/SayHello");
  await expect(send).toBeDisabled();
  await expect(send).toHaveAccessibleDescription(/^Sign in to do this\./);
  await page.getByRole("form", { name: "Request" }).getByRole("link", { name: "Sign in" }).click();
  await passProvider(page, "dora");
  await explorer.field("name").fill("Dora");
  await send.click();
  await expect(explorer.status).toHaveText("The call succeeded. OK");

  await explorer.open("grpc-web", "triptych.trace.v1.TraceService/GetTrace");
  await expect(send).toHaveAccessibleDescription(/^This is for admins\./);
  await explorer.button("Bearer token").click();
  await explorer.field("Metadata value 1").fill("Bearer nobody");
  await send.click();
  await expect(explorer.status).toContainText("UNAUTHENTICATED");
});

test("another tab that signs out takes this one along", async ({ page, context, shell }) => {
  await page.goto("/auth/sign-in?return=/");
  await passProvider(page, "bob");
  await expect(page.getByRole("button", { name: "bob of the test" })).toBeVisible();
  const other = await context.newPage();
  await other.goto("/");
  await expect(other.getByRole("button", { name: "bob of the test" })).toBeVisible();
  await page.getByRole("button", { name: "bob of the test" }).click();
  await shell.readerDialog.getByRole("button", { name: "Sign out" }).click();
  await expect(other.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
});

test("a page of another site cannot call with the session of who is signed in", async ({ page, provider, server }) => {
  await page.goto("/auth/sign-in?return=/");
  await passProvider(page, "carol");
  await expect(page.getByRole("button", { name: "carol of the test" })).toBeVisible();
  const evil = await page.context().newPage();
  await evil.goto(`${provider.issuer}/.well-known/openid-configuration`);
  const outcome = await evil.evaluate(async (target) => {
    const body = JSON.stringify({ items: [{ bookId: 1 }], phone: "112 112" });
    const init = { method: "POST", credentials: "include", mode: "no-cors", body } as const;
    await fetch(`${target}/triptych.order.v1.OrderService/CreateOrder`, init).catch(() => undefined);
    await fetch(`${target}/auth/sign-out`, init).catch(() => undefined);
    const socket = new WebSocket(`${target.replace("http", "ws")}/calls`, "triptych-calls.v1");
    return new Promise((resolve) => {
      socket.onopen = () => resolve("open");
      socket.onerror = () => resolve("refused");
    });
  }, server.baseUrl);
  expect(outcome).toBe("refused");
  await page.reload();
  await expect(page.getByRole("button", { name: "carol of the test" })).toBeVisible();
  await page.goto("/books?view=orders");
  await expect(page.getByText("No orders yet")).toBeVisible();
  const native = createClient(
    OrderService,
    createGrpcTransport({ baseUrl: server.baseUrl, sessionManager: sessionManager(server.baseUrl) }),
  );
  await expect(native.listOrders({})).rejects.toThrow("unauthenticated");
});
