import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { root } from "@triptych/testkit/checkout/written-files.ts";
import { test } from "../../fixtures.ts";
import { withServer } from "../../server.ts";
import { uniqueName } from "../../unique-name.ts";

const sayHello = "triptych.greeter.v1.GreeterService/SayHello";
const proto = (path: string) => ({
  name: path.split("/").at(-1) ?? path,
  mimeType: "text/plain",
  buffer: readFileSync(`${root}/proto/${path}`),
});

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
  server: async ({}, use) => {
    await withServer(use, { REFLECTION: "off" });
  },
});

test("files describe a server that has no reflection, until it is asked again", async ({ explorer, page }) => {
  const name = uniqueName("Ada");
  const files = page.locator("input[type=file]").first();
  await page.goto(`/explorer?${new URLSearchParams({ method: sayHello })}`);
  await expect(page.getByRole("alert")).toContainText("upload its contracts");

  const broken = {
    ...proto("triptych/greeter/v1/greeter.proto"),
    buffer: Buffer.from('syntax = "proto3";\nmesage A {}'),
  };
  await files.setInputFiles(broken);
  await expect(page.getByText("greeter.proto, line 2:")).toBeVisible();

  const sources = ["greeter/v1/greeter", "live/v1/live", "auth/v1/policy", "limit/v1/cost"];
  await files.setInputFiles(sources.map((path) => proto(`triptych/${path}.proto`)));
  await explorer.field("name").fill(name);
  await explorer.button("Send").click();
  await expect(explorer.received()).toHaveText([new RegExp(`"Hello, ${name}!"`)]);
  await expect(page.getByText("Greets", { exact: false }).first()).toBeVisible();

  await page.reload();
  await expect(explorer.field("name")).toBeVisible();
  await page.getByRole("button", { name: "Ask the server instead" }).click();
  await expect(page.getByRole("alert")).toContainText("upload its contracts");

  await files.setInputFiles(`${root}/proto/gen/descriptors.binpb`);
  await expect(explorer.field("name")).toBeVisible();
});
