import { expect, type Page } from "@playwright/test";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { test } from "../../fixtures.ts";
import { protocolTraits } from "../../protocol.ts";
import { uniqueName } from "../../unique-name.ts";

const streamGreetings = "triptych.greeter.v1.GreeterService/StreamGreetings";
const watchGreetings = "triptych.greeter.v1.GreeterService/WatchGreetings";

test.beforeEach(async ({ greeter }) => {
  await greeter.open();
  await expect(greeter.wallState).toHaveText("live");
});

test("a greeting is shown and stands on the wall with the protocol it came through", async ({ greeter, protocol }) => {
  const name = uniqueName("Ada");
  await greeter.greet(name);
  await expect(greeter.greeting).toHaveText(`Hello, ${name}!`);
  const entry = greeter.entry(name);
  await expect(entry).toHaveCount(1);
  await expect(entry.getByText(protocolTraits[protocol].wallLabel, { exact: true })).toBeVisible();
});

test("a greeting is in the language that is chosen", async ({ greeter }) => {
  const name = uniqueName("Inés");
  await greeter.chooseLanguage("Spanish");
  await greeter.greet(name);
  await expect(greeter.greeting).toHaveText(`¡Hola, ${name}!`);
  await expect(greeter.entry(name)).toContainText("Spanish");
});

test("the calls go over the chosen protocol", async ({ greeter, page, protocol }) => {
  const calls = collectCalls(page);
  await page.reload();
  const name = uniqueName("Ada");
  await greeter.greet(name);
  await expect(greeter.entry(name)).toHaveCount(1);
  const { contentTypes } = protocolTraits[protocol];
  expect(calls.get("SayHello")).toBe(contentTypes?.unary);
  expect(calls.get("WatchGreetings")).toBe(contentTypes?.stream);
});

test("what a native client says appears on the open wall, as gRPC", async ({ greeter, native }) => {
  const name = uniqueName("Grace");
  await native(GreeterService).sayHello({ name, language: "de" });
  const entry = greeter.entry(name);
  await expect(entry).toContainText(`Hallo, ${name}!`);
  await expect(entry.getByText("gRPC", { exact: true })).toBeVisible();
});

test("the first greeting of a stream is there while it is open, and stopping ends it at the server", async ({
  greeter,
  server,
}) => {
  const name = uniqueName("Alan");
  await greeter.startSlowStream(name);
  await expect(greeter.streamed).toHaveText([new RegExp(`Hello, ${name}!$`)]);
  await expect(greeter.streamState).toHaveText("open");
  await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(1);
  await greeter.stop.click();
  await expect(greeter.streamState).toHaveText("cancelled");
  await expect(greeter.start).toBeVisible();
  await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(0);
});

test("going to another page ends every stream at the server", async ({ greeter, shell, server }) => {
  await greeter.startSlowStream(uniqueName("Barbara"));
  await expect(greeter.streamed).toHaveCount(1);
  await expect.poll(() => server.callsInFlight(watchGreetings)).toBe(1);
  await shell.goTo("Calculator");
  await expect.poll(() => server.runningHandlers()).toBe(0);
});

test("closing the tab ends every stream at the server", async ({ greeter, page, server }) => {
  await greeter.startSlowStream(uniqueName("Edsger"));
  await expect(greeter.streamed).toHaveCount(1);
  await page.close();
  await expect.poll(() => server.runningHandlers()).toBe(0);
});

test("another protocol takes over while the page is live", async ({ greeter, shell, server, protocol }) => {
  const names = [uniqueName("Tim"), uniqueName("Radia")] as const;
  await greeter.greet(names[0]);
  await greeter.startSlowStream(names[0]);
  await expect(greeter.streamed).toHaveCount(1);

  const next = protocol === "connect" ? protocolTraits["grpc-web"] : protocolTraits.connect;
  await shell.chooseProtocol(next.label);
  await expect(shell.protocolNote).toContainText(next.label);
  await expect(greeter.streamState).toHaveText("cancelled");
  await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(0);
  await expect(greeter.wallState).toHaveText("live");

  await greeter.greet(names[1]);
  await expect(greeter.entry(names[1]).getByText(next.wallLabel, { exact: true })).toBeVisible();
  // The one stream's worth of greetings was neither lost nor shown again.
  const shown = await greeter.wallNames.allTextContents();
  expect(shown.slice(0, 3)).toEqual([names[1], names[0], names[0]]);
  await expect.poll(() => server.callsInFlight(watchGreetings)).toBe(1);
});

test("a name that is refused is said at the field", async ({ greeter }) => {
  await greeter.greet("   ");
  await expect(greeter.name).toHaveAttribute("aria-invalid", "true");
  await expect(greeter.name).toHaveAccessibleDescription(/^The name must /);
  await expect(greeter.name).toBeFocused();
});

/** The methods that the page calls by HTTP requests from now on, each with the content type. */
function collectCalls(page: Page): ReadonlyMap<string, string | undefined> {
  const calls = new Map<string, string | undefined>();
  page.on("request", (request) => {
    const method = /\/triptych\.[\w.]+\/(\w+)/.exec(request.url())?.[1];
    if (method !== undefined) calls.set(method, request.headers()["content-type"]);
  });
  return calls;
}
