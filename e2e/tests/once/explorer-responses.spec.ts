import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";
import { uniqueName } from "../../unique-name.ts";

const sayHello = "triptych.greeter.v1.GreeterService/SayHello";

test("a response is folded, searched, saved and compared with another", async ({ explorer, page }) => {
  const [first, second] = [uniqueName("Ada"), uniqueName("Grace")];
  await explorer.open("grpc-web", sayHello);
  await explorer.field("name").fill(first);
  await explorer.button("Send").click();
  await expect(explorer.received()).toHaveText([new RegExp(`Hello, ${first}!`)]);
  await explorer.received().getByRole("button", { name: "Fold" }).first().click();
  await expect(explorer.received()).not.toContainText("Hello,");
  await explorer.received().getByRole("button", { name: "Unfold" }).click();
  await expect(explorer.received()).toContainText("Hello,");

  await explorer.find.fill("HELLO, ");
  await expect(page.getByText("1 of 2 messages")).toBeVisible();
  await expect(explorer.messages).toHaveCount(1);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as file" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("SayHello.json");
  expect(JSON.parse(await readFile(await file.path(), "utf8"))).toMatchObject({ message: `Hello, ${first}!` });

  await page.getByRole("button", { name: "Compare message 2" }).click();
  await explorer.field("name").fill(second);
  await explorer.button("Send").click();
  await expect(explorer.received()).toHaveText([new RegExp(`Hello, ${second}!`)]);
  await page.getByRole("button", { name: "Compare message 2" }).click();
  const comparison = page.getByRole("region", { name: "Comparison" });
  await expect(comparison.locator("del")).toContainText(first);
  await expect(comparison.locator("ins")).toContainText(second);
});
