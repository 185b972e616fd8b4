import { fileURLToPath } from "node:url";
import { expect, type JSHandle, type Page } from "@playwright/test";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { bundleForBrowser } from "../../clients/bundle-for-browser.ts";
import type * as GoogleClient from "../../clients/google-client.ts";
import type { RecordedStream } from "../../clients/google-client.ts";
import type * as ImprobableClient from "../../clients/improbable-client.ts";
import { loadModule } from "../../clients/load-module.ts";
import { test } from "../../fixtures.ts";
import { uniqueName } from "../../unique-name.ts";

const STREAM_GREETINGS = `${GreeterService.typeName}/StreamGreetings`;
const WATCH_GREETINGS = `${GreeterService.typeName}/WatchGreetings`;

/** Opens a page of the server that follows no stream of its own, and loads a client of `clients/` into it. */
async function openWith<Module>(page: Page, name: string): Promise<JSHandle<Module>> {
  const code = await bundleForBrowser(fileURLToPath(new URL(`../../clients/${name}.ts`, import.meta.url)));
  await page.goto("/calculator");
  return loadModule(page, name, code);
}

test.describe("Google's grpc-web client in text mode", () => {
  const open = (page: Page) => openWith<typeof GoogleClient>(page, "google-client");
  const eventsOf = (stream: JSHandle<RecordedStream>) => stream.evaluate(({ events }) => [...events]);

  test("makes a unary call", async ({ page }) => {
    const contentType = page.waitForResponse(/SayHello$/).then((response) => response.headerValue("content-type"));
    const google = await open(page);
    expect(await google.evaluate(({ sayHello }) => sayHello("Ada"))).toBe("Hello, Ada!");
    expect(await contentType).toBe("application/grpc-web-text+proto");
  });

  test("is told what was wrong", async ({ page }) => {
    const google = await open(page);
    const refusal = google.evaluate(({ sayHello }) => sayHello("").catch(({ code, message }) => ({ code, message })));
    expect(await refusal).toEqual({ code: 3, message: "name must have 1 to 200 characters: got none" });
  });

  test("sees the first message of a stream while the next is an hour away", async ({ page, server }) => {
    const google = await open(page);
    const stream = await google.evaluateHandle(({ streamGreetings }) =>
      streamGreetings({ name: "Ada", count: 0, seconds: 3_600 }),
    );
    await expect.poll(() => eventsOf(stream)).toEqual(["message 1"]);
    expect(await server.callsInFlight(STREAM_GREETINGS)).toBe(1);
    await stream.evaluate((opened) => opened.cancel());
    await expect.poll(() => server.callsInFlight(STREAM_GREETINGS)).toBe(0);
  });

  test("sees each message of a live stream when it is made", async ({ page, native, server }) => {
    const google = await open(page);
    const stream = await google.evaluateHandle(({ watchGreetings }) => watchGreetings());
    const expected = ["message position"];
    await expect.poll(() => eventsOf(stream)).toEqual(expected);
    for (const name of [uniqueName("Ada"), uniqueName("Alan"), uniqueName("Grace")]) {
      await native(GreeterService).sayHello({ name });
      expected.push(`message ${name}`);
      await expect.poll(() => eventsOf(stream)).toEqual(expected);
    }
    await stream.evaluate((opened) => opened.cancel());
    await expect.poll(() => server.callsInFlight(WATCH_GREETINGS)).toBe(0);
  });

  test("reads a stream to its end and status", async ({ page }) => {
    const google = await open(page);
    const stream = await google.evaluateHandle(({ streamGreetings }) =>
      streamGreetings({ name: "Ada", count: 3, seconds: 0.05 }),
    );
    await expect.poll(() => eventsOf(stream)).toEqual(["message 1", "message 2", "message 3", "status 0", "end"]);
  });
});

test.describe("the client of @improbable-eng/grpc-web over WebSockets", () => {
  const open = (page: Page) => openWith<typeof ImprobableClient>(page, "improbable-client");
  const ok = { status: "OK", message: "" };

  test("makes a unary call", async ({ page }) => {
    const sockets: string[] = [];
    page.on("websocket", (socket) => sockets.push(new URL(socket.url()).pathname));
    const improbable = await open(page);
    const outcome = await improbable.evaluate(({ sayHello }) => sayHello("Ada"));
    expect(outcome).toEqual({ responses: ["Hello, Ada!"], ...ok });
    expect(sockets).toEqual([`/${GreeterService.typeName}/SayHello`]);
  });

  test("reads a stream", async ({ page }) => {
    const improbable = await open(page);
    const outcome = await improbable.evaluate(({ streamGreetings }) => streamGreetings("Ada"));
    expect(outcome).toEqual({ responses: [1, 2, 3], ...ok });
  });

  test("sends a stream", async ({ page }) => {
    const improbable = await open(page);
    const outcome = await improbable.evaluate(({ sum }) => sum([0.1, 0.2, 3]));
    expect(outcome).toEqual({ responses: [3.3], ...ok });
  });

  test("talks both ways, each answer before the next question", async ({ page }) => {
    const improbable = await open(page);
    const outcome = await improbable.evaluate(({ runningTotal }) => runningTotal([1, 2, 4]));
    expect(outcome).toEqual({ responses: [1, 3, 7], ...ok });
  });

  test("is told what was wrong", async ({ page }) => {
    const improbable = await open(page);
    expect(await improbable.evaluate(({ greetNobody }) => greetNobody())).toEqual({
      responses: [],
      status: "InvalidArgument",
      message: "name must have 1 to 200 characters: got none",
    });
  });
});
