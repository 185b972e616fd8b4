import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";
import { uniqueName } from "../../unique-name.ts";

const sayHello = "triptych.greeter.v1.GreeterService/SayHello";
const streamGreetings = "triptych.greeter.v1.GreeterService/StreamGreetings";
const converse = "triptych.greeter.v1.GreeterService/Converse";
const sum = "triptych.calculator.v1.CalculatorService/Sum";

test("a method is found by searching, filled in and called", async ({ explorer, page }) => {
  const name = uniqueName("Ada");
  await explorer.open("grpc-web");
  await explorer.search.fill("greeter.v1 sayhello");
  await expect(explorer.methods).toHaveText(["SayHello", "SayHelloAgain"]);
  await explorer.methods.first().click();
  await expect(page.getByRole("heading", { level: 2, name: "SayHello", exact: true })).toBeVisible();
  await expect(page).toHaveURL(/method=triptych\.greeter\.v1\.GreeterService/);
  await explorer.field("name").fill(name);
  await explorer.field("language").fill("de");
  await explorer.button("Send").click();
  await expect(explorer.status).toHaveText("The call succeeded. OK");
  await expect(explorer.messages).toHaveText([
    /^Sent.*"language": "de"/s,
    new RegExp(`^Received.*"Hallo, ${name}!"`, "s"),
  ]);
});

test("what the contract says stands beside the method and its fields", async ({ explorer, page }) => {
  await explorer.open("grpc-web", "triptych.recommendation.v1.RecommendationService/RateBook");
  await expect(page.getByText("It is stored before it is acknowledged.")).toBeVisible();
  await expect(explorer.field("book_id")).toHaveAccessibleDescription(/^The id of the book/);
  await expect(page.getByText("What to do; one of them is needed.")).toBeVisible();
});

test("an example can be filled in, taken back, and sent", async ({ explorer }) => {
  await explorer.open("grpc-web", sayHello);
  await explorer.field("name").fill("mine");
  await explorer.button("Fill in an example").click();
  await expect(explorer.field("name")).toHaveValue("Ada");
  await explorer.button("Take the example back").click();
  await expect(explorer.field("name")).toHaveValue("mine");
  await explorer.button("Fill in an example").click();
  await explorer.button("Send").click();
  await expect(explorer.received()).toHaveText([/"Hallo, Ada!"/]);
});

test("the form and the JSON are the same message", async ({ explorer }) => {
  await explorer.open("grpc-web", sayHello);
  await explorer.field("name").fill("Grace");
  await explorer.writeAs("JSON");
  const json = explorer.field("SayHelloRequest as JSON");
  await expect(json).toHaveValue(/"name": "Grace"/);
  await json.fill('{ "name": "Alan", "language": "fr" }');
  await explorer.writeAs("Form");
  await expect(explorer.field("name")).toHaveValue("Alan");
  await expect(explorer.field("language")).toHaveValue("fr");
  await explorer.writeAs("JSON");
  await json.fill('{ "nmae": "Alan" }');
  await explorer.writeAs("Form");
  await expect(explorer.form).toContainText("This is not a valid SayHelloRequest");
});

test("an error is shown with its code and its details, and said at the field", async ({ explorer }) => {
  await explorer.open("grpc-web", sayHello);
  await explorer.field("name").fill("Ada");
  await explorer.field("language").fill("no such tag");
  await explorer.button("Send").click();
  await expect(explorer.status).toContainText("INVALID_ARGUMENT 3");
  await expect(explorer.errorDetails).toHaveText([/google\.rpc\.BadRequest.*"field": "language"/s]);
  await expect(explorer.field("language")).toHaveAttribute("aria-invalid", "true");
  await expect(explorer.field("language")).toHaveAccessibleDescription(/BCP 47/);
});

test("a deadline ends a call at its time", async ({ explorer }) => {
  await explorer.open("grpc-web", streamGreetings);
  await explorer.field("name").fill(uniqueName("Ada"));
  await explorer.button("Add interval").click();
  await explorer.field("interval").fill("60s");
  await explorer.field("Deadline").fill("2s");
  await explorer.button("Send").click();
  await expect(explorer.received()).toHaveCount(1);
  await expect(explorer.status).toContainText("DEADLINE_EXCEEDED 4");
});

test("a server stream shows each message as it comes, and cancelling ends it at the server", async ({
  explorer,
  server,
}) => {
  const name = uniqueName("Grace");
  await explorer.open("grpc-web", streamGreetings);
  await explorer.field("name").fill(name);
  await explorer.button("Add interval").click();
  await explorer.field("interval").fill("60s");
  await explorer.button("Send").click();
  await expect(explorer.received()).toHaveText([new RegExp(`Hello, ${name}!`)]);
  await expect(explorer.status).toHaveText("Open: waiting for what comes back.");
  await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(1);
  await explorer.button("Cancel").click();
  await expect(explorer.status).toContainText("CANCELED");
  await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(0);
});

test("a client stream takes one message after another and is answered at its end", async ({ explorer, server }) => {
  await explorer.open("websocket", sum);
  for (const [index, number] of ["1", "2", "3.5"].entries()) {
    await explorer.field("number").fill(number);
    await explorer.button("Send message").click();
    await expect(explorer.messages).toHaveCount(index + 1);
  }
  await expect(explorer.status).toHaveText("Open: messages can be sent.");
  await expect.poll(() => server.callsInFlight(sum)).toBe(1);
  await explorer.button("Half-close").click();
  await expect(explorer.status).toHaveText("The call succeeded. OK");
  await expect(explorer.received()).toHaveText([/"sum": 6\.5/]);
});

test("a bidirectional stream answers each message before the next is sent", async ({ explorer, server }) => {
  await explorer.open("grpc-web", converse);
  await expect(explorer.form).toContainText("gRPC-Web cannot carry this from a page.");
  await explorer.button("Switch to WebSocket").click();
  await explorer.button("Open").click();
  await expect(explorer.status).toHaveText("Open: messages can be sent.");
  for (const [index, name] of [uniqueName("Ada"), uniqueName("Łukasz")].entries()) {
    await explorer.field("name").fill(name);
    await explorer.button("Send message").click();
    await expect(explorer.received()).toHaveCount(index + 1);
    await expect(explorer.received().last()).toContainText(`Hello, ${name}!`);
  }
  await expect.poll(() => server.callsInFlight(converse)).toBe(1);
  await explorer.button("Half-close").click();
  await expect(explorer.status).toHaveText("The call succeeded. OK");
  await expect.poll(() => server.callsInFlight(converse)).toBe(0);
});

test("the contracts that older clients speak can be called, too", async ({ explorer }) => {
  const name = uniqueName("Ada");
  await explorer.open("grpc-web");
  await explorer.search.fill("helloworld sayhelloagain");
  await explorer.methods.click();
  await explorer.field("name").fill(name);
  await explorer.button("Send").click();
  await expect(explorer.received()).toHaveText([new RegExp(`"Hello again, ${name}!"`)]);
});

test("the link of a call opens it filled in, without the secrets", async ({ context, explorer, page, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.baseUrl });
  await explorer.open("grpc-web", sayHello);
  await explorer.field("name").fill('Ada & "Łukasz" #1');
  await explorer.button("Add metadata").click();
  await explorer.field("Metadata name 1").fill("x-note");
  await explorer.field("Metadata value 1").fill("hi");
  await explorer.button("Add metadata").click();
  await explorer.field("Metadata name 2").fill("authorization");
  await explorer.field("Metadata value 2").fill("Bearer topsecret");
  await explorer.field("Deadline").fill("5s");
  await expect(page.getByText("Not in the link: authorization.")).toBeVisible();
  await explorer.copyLink.click();
  await expect(explorer.copyLink).toHaveText("Copied");
  const link = await page.evaluate(() => navigator.clipboard.readText());

  // Another document: a hash alone would be no new page.
  await page.goto("/nowhere");
  await page.goto(link);
  await expect(explorer.field("name")).toHaveValue('Ada & "Łukasz" #1');
  await expect(explorer.field("Metadata name 1")).toHaveValue("x-note");
  await expect(explorer.field("Metadata value 1")).toHaveValue("hi");
  await expect(explorer.field("Metadata name 2")).toHaveCount(0);
  await expect(explorer.field("Deadline")).toHaveValue("5s");
  await explorer.button("Send").click();
  await expect(explorer.status).toHaveText("The call succeeded. OK");
});

test("the call can be copied as a command or a program that names this server", async ({
  context,
  explorer,
  page,
  server,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.baseUrl });
  await explorer.open("grpc-web", sayHello);
  await explorer.field("name").fill("Ada");
  const { host, origin } = new URL(server.baseUrl);
  for (const language of ["buf curl", "grpcurl", "curl", "TypeScript", "Python"]) {
    await explorer.writeFor(language);
    await expect(explorer.snippet).toContainText("Ada");
    await expect(explorer.snippet).toContainText(host);
  }
  await explorer.writeFor("curl");
  await page.getByRole("button", { name: "Copy curl", exact: true }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(`${origin}/${sayHello}`);
});

test("calls are kept without secrets, saved in folders, opened again after a reload, exported and imported", async ({
  explorer,
  page,
}) => {
  const [first, second] = [uniqueName("Ada"), uniqueName("Grace")];
  await explorer.open("grpc-web", sayHello);
  await explorer.button("Add metadata").click();
  await explorer.field("Metadata name 1").fill("authorization");
  await explorer.field("Metadata value 1").fill("Bearer topsecret");
  for (const name of [first, second]) {
    await explorer.field("name").fill(name);
    await explorer.button("Send").click();
    await expect(explorer.received()).toHaveText([new RegExp(name)]);
    await expect(explorer.status).toHaveText("The call succeeded. OK");
  }
  const calls = await explorer.showCalls();
  const latest = calls.getByRole("region", { name: "Latest calls" });
  await expect(latest.getByRole("listitem")).toHaveCount(2);
  await page.reload();
  await explorer.showCalls();
  await expect(latest.getByRole("listitem")).toHaveText([/^SayHello.*GreeterService · OK/, /^SayHello/]);
  await latest
    .getByRole("listitem")
    .last()
    .getByRole("button", { name: /^SayHello/ })
    .click();
  await expect(explorer.field("name")).toHaveValue(first);
  await expect(explorer.field("Metadata name 1")).toHaveCount(0);

  // Also where the address says it already.
  await explorer.field("name").fill("something else");
  await latest
    .getByRole("listitem")
    .last()
    .getByRole("button", { name: /^SayHello/ })
    .click();
  await expect(explorer.field("name")).toHaveValue(first);

  await latest.getByRole("button", { name: "Save SayHello" }).last().click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Greet Ada");
  await page.getByRole("combobox", { name: "Folder" }).fill("Greetings");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const folder = calls.getByRole("region", { name: "Saved in Greetings" });
  await expect(folder.getByRole("listitem")).toHaveText([/^Greet Ada/]);
  await expect(calls).toBeFocused();
  await expect(latest.getByRole("listitem")).toHaveCount(1);

  const downloading = page.waitForEvent("download");
  await calls.getByRole("button", { name: "Export saved" }).click();
  const file = await (await downloading).path();
  expect(await readFile(file, "utf8")).not.toContain("topsecret");
  await calls.getByRole("button", { name: "Remove Greet Ada" }).click();
  await calls.getByRole("button", { name: "Clear latest" }).click();
  await expect(calls.getByText("Calls that you make appear here")).toBeVisible();
  await calls.getByLabel("File of calls").setInputFiles(file);
  await expect(folder.getByRole("listitem")).toHaveText([/^Greet Ada/]);
});
