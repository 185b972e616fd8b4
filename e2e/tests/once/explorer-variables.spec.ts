import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";
import { uniqueName } from "../../unique-name.ts";

const sayHello = "triptych.greeter.v1.GreeterService/SayHello";

test("variables of an environment stand in the message and the metadata, and their secrets in no file and no link", async ({
  context,
  explorer,
  page,
  server,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.baseUrl });
  const name = uniqueName("Ada");
  await explorer.open("grpc-web", sayHello);
  await page.getByRole("tab", { name: "Variables", exact: true }).click();
  const panel = page.getByRole("region", { name: "Variables", exact: true });
  await panel.getByRole("button", { name: "New environment" }).click();
  await panel.getByRole("textbox", { name: "Name of the environment" }).fill("local");
  for (const [index, [variable, value]] of [
    ["who", name],
    ["token", "t0psecret"],
  ].entries()) {
    await panel.getByRole("button", { name: "Add a variable" }).click();
    await panel.getByRole("textbox", { name: `Variable name ${index + 1}` }).fill(variable ?? "");
    await panel.getByLabel(`Variable value ${index + 1}`).fill(value ?? "");
  }
  await panel.getByRole("checkbox", { name: "Variable 2 is a secret" }).check();

  await explorer.field("name").fill("{{whom}}");
  await explorer.button("Send").click();
  await expect(explorer.field("name")).toHaveAccessibleDescription(/there is no variable "whom"/);
  await explorer.field("name").fill("{{who}}");
  await explorer.button("Bearer token").click();
  await explorer.field("Metadata value 1").fill("Bearer {{token}}");
  const request = page.waitForRequest((sent) => sent.url().endsWith(sayHello));
  await explorer.button("Send").click();
  expect((await request).headers().authorization).toBe("Bearer t0psecret");
  await expect(explorer.received()).toHaveText([new RegExp(`"Hello, ${name}!"`)]);

  await explorer.copyLink.click();
  await expect(explorer.copyLink).toHaveText("Copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const download = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Export without secrets" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  expect(file).toContain(name);
  expect(file).not.toContain("t0psecret");

  // What is kept and shared has the names of the variables.
  await page.goto("/nowhere");
  await page.goto(link);
  await expect(explorer.field("name")).toHaveValue("{{who}}");
  await expect(explorer.field("Metadata value 1")).toHaveValue("Bearer {{token}}");
  await page.getByRole("tab", { name: "Variables", exact: true }).click();
  await expect(panel.getByLabel("Variable value 2")).toHaveValue("t0psecret");
});
