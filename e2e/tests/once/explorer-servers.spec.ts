import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";
import { withServer } from "../../server.ts";
import { uniqueName } from "../../unique-name.ts";

const sayHello = "triptych.greeter.v1.GreeterService/SayHello";
const converse = "triptych.greeter.v1.GreeterService/Converse";

test("another server that allows the page is called by it, from its own reflection", async ({
  explorer,
  page,
  server,
}) => {
  await withServer(
    async (other) => {
      const name = uniqueName("Ada");
      // Another page comes first: its document may call this server alone, so that the page is loaded again.
      await page.goto("/greeter");
      await page.getByRole("link", { name: "Explorer" }).first().click();
      await explorer.use(other.baseUrl);
      await explorer.search.fill("greeter.v1 sayhello");
      await explorer.methods.first().click();
      await expect(page).toHaveURL(/server=http/);
      await explorer.field("name").fill(name);
      await explorer.button("Send").click();
      await expect(explorer.received()).toHaveText([new RegExp(`"Hello, ${name}!"`)]);
      await explorer.writeFor("curl");
      await expect(explorer.snippet).toContainText(new URL(other.baseUrl).host);
      // A call that is kept is that of its server.
      const calls = await explorer.showCalls();
      await page.getByRole("button", { name: "This server" }).click();
      await expect(page).not.toHaveURL(/server=/);
      await explorer.showCalls();
      await calls.getByRole("button", { name: /SayHello.* at http/ }).click();
      await expect(page).toHaveURL(/server=http/);
      await expect(explorer.field("name")).toHaveValue(name);
    },
    { ALLOWED_ORIGINS: server.baseUrl },
  );
});

test("a server that does not allow the page is named, with what to set there", async ({
  explorer,
  page,
  problems,
  server,
}) => {
  await withServer(async (other) => {
    await explorer.open("grpc-web");
    await explorer.use(other.baseUrl);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText(`does not let pages of ${server.baseUrl} call it`);
    await expect(alert).toContainText(`ALLOWED_ORIGINS=${server.baseUrl}`);
    problems.forgive(/blocked by CORS policy/);
    await other.kill();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(alert).toContainText("Nothing answers at");
  });
});

test("an address that is none is said at the field", async ({ explorer, page }) => {
  await explorer.open("grpc-web");
  await explorer.use("localhost");
  await expect(explorer.server).toHaveAccessibleDescription(/must be an address such as/);
  await expect(page).not.toHaveURL(/server=/);
});

test("native gRPC goes through the relay, streams both ways included", async ({ explorer, page, server: other }) => {
  const { host } = new URL(other.baseUrl);
  await withServer(
    async (relay) => {
      await page.goto(`${relay.baseUrl}/explorer?${new URLSearchParams({ method: converse })}`);
      await explorer.server.click();
      await page.getByRole("option", { name: `grpc://${host}` }).click();
      await expect(page.getByText("through the relay of this server")).toBeVisible();
      await explorer.button("Open").click();
      for (const [index, name] of [uniqueName("Ada"), uniqueName("Grace")].entries()) {
        await explorer.field("name").fill(name);
        await explorer.button("Send message").click();
        await expect(explorer.received()).toHaveCount(index + 1);
        await expect(explorer.received().last()).toContainText(`Hello, ${name}!`);
      }
      // It is the other server that has the call.
      await expect.poll(() => other.callsInFlight(converse)).toBe(1);
      await explorer.button("Half-close").click();
      await expect(explorer.status).toHaveText("The call succeeded. OK");
      // Other programs reach it without the relay, over gRPC alone.
      await expect(explorer.snippet).toContainText("buf curl --protocol grpc");
      await expect(explorer.snippet).toContainText(`http://${host}/${converse}`);
      await expect(explorer.languages).toHaveText(["buf curl", "grpcurl", "TypeScript", "Python"]);
    },
    { EXPLORER_TARGETS: host },
  );
});

test("a server that relays nothing says what to set", async ({ explorer, page }) => {
  await explorer.open("grpc-web", sayHello);
  await explorer.use("grpc://localhost:50051");
  await expect(page.getByRole("alert")).toContainText("EXPLORER_TARGETS");
});
