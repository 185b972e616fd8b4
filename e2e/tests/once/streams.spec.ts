import { expect, type Page } from "@playwright/test";
import { test } from "../../fixtures.ts";
import { uniqueName } from "../../unique-name.ts";

const streamGreetings = "triptych.greeter.v1.GreeterService/StreamGreetings";
const sum = "triptych.calculator.v1.CalculatorService/Sum";
const runningTotal = "triptych.calculator.v1.CalculatorService/RunningTotal";
const converse = "triptych.greeter.v1.GreeterService/Converse";

test.describe("over gRPC-Web", () => {
  test.beforeEach(async ({ streams }) => {
    await streams.open("grpc-web");
  });

  test("the kinds that stream requests say why they cannot, and change to the protocol that can", async ({
    streams,
    shell,
  }) => {
    for (const panel of [streams.clientStreaming, streams.bidiStreaming]) {
      await expect(panel.region).toContainText("gRPC-Web cannot carry this from a page.");
      await expect(panel.button("Send")).toHaveCount(0);
    }
    await streams.clientStreaming.switchToWebSocket.click();
    await expect(shell.protocolOption("WebSocket")).toBeChecked();
    await expect(streams.clientStreaming.field("Number")).toBeFocused();
    await streams.clientStreaming.send("Number", "5");
    await expect(streams.clientStreaming.messages.filter({ hasText: "sent 5" })).toHaveCount(1);
    await expect(streams.bidiStreaming.switchToWebSocket).toHaveCount(0);
  });

  test("the kinds that do not stream requests can be called", async ({ streams }) => {
    await streams.unary.button("Call").click();
    await expect(streams.unary.state).toHaveText("done");
    await streams.serverStreaming.button("Start").click();
    await expect(streams.serverStreaming.received().first()).toContainText("Hello, Ada!");
    await streams.serverStreaming.button("Stop").click();
    await expect(streams.serverStreaming.state).toHaveText("cancelled");
  });
});

test.describe("over the WebSocket", () => {
  test.beforeEach(async ({ streams }) => {
    await streams.open("websocket");
  });

  test("a unary call gets its answer", async ({ streams: { unary } }) => {
    const name = uniqueName("Ada");
    await expect(unary.state).toHaveText("not called yet");
    await unary.field("Name").fill(name);
    await unary.button("Call").click();
    await expect(unary.state).toHaveText("done");
    await expect(unary.received()).toContainText([`received Hello, ${name}!`]);
    await expect(unary.messages.last()).toContainText("received the trailers: OK");

    await unary.chooseMethod("Add");
    await unary.field("First summand").fill("9007199254740993");
    await unary.field("Second summand").fill("-1");
    await unary.button("Call").click();
    await expect(unary.received()).toContainText(["received 9007199254740992"]);
  });

  test("a server stream brings messages while it is open, and stopping ends it at the server", async ({
    streams: { serverStreaming },
    server,
  }) => {
    const name = uniqueName("Grace");
    await serverStreaming.field("Name").fill(name);
    await serverStreaming.region.getByRole("combobox", { name: "Beat" }).selectOption({ label: "every 3 seconds" });
    await serverStreaming.button("Start").click();
    await expect(serverStreaming.received()).toContainText([`received Hello, ${name}!`]);
    await expect(serverStreaming.state).toHaveText("half-closed");
    await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(1);
    await serverStreaming.button("Stop").click();
    await expect(serverStreaming.state).toHaveText("cancelled");
    await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(0);
  });

  test("a client stream is answered once, after its end", async ({ streams: { clientStreaming }, server }) => {
    for (const number of ["1", "2", "3"]) await clientStreaming.send("Number", number);
    await expect(clientStreaming.messages.filter({ hasText: /sent \d/ })).toContainText(["sent 1", "sent 2", "sent 3"]);
    await expect(clientStreaming.state).toHaveText("open");
    await expect.poll(() => server.callsInFlight(sum)).toBe(1);
    await expect(clientStreaming.received()).toHaveCount(0);
    await clientStreaming.button("Half-close").click();
    await expect(clientStreaming.received()).toContainText(["received total 6, mean 2"]);
    await expect(clientStreaming.state).toHaveText("done");
    await expect(clientStreaming.messages.last()).toContainText("received the trailers: OK");
    await expect.poll(() => server.callsInFlight(sum)).toBe(0);
  });

  test("a client stream of names is answered with one greeting for all", async ({ streams: { clientStreaming } }) => {
    await clientStreaming.chooseMethod("GreetGroup");
    for (const name of ["Ada", "Grace"]) await clientStreaming.send("Name", name);
    await clientStreaming.button("Half-close").click();
    await expect(clientStreaming.received()).toContainText([/Ada.*Grace/]);
    await expect(clientStreaming.state).toHaveText("done");
  });

  test("a bidirectional stream answers each message before the next is sent", async ({
    streams: { bidiStreaming },
    server,
  }) => {
    await bidiStreaming.send("Number", "5");
    await expect(bidiStreaming.received()).toContainText(["received total 5, mean 5"]);
    await bidiStreaming.send("Number", "2.5");
    await expect(bidiStreaming.received()).toContainText([/total 5,/, "received total 7.5, mean 3.75"]);
    await expect(bidiStreaming.state).toHaveText("open");
    await expect.poll(() => server.callsInFlight(runningTotal)).toBe(1);
    await bidiStreaming.button("Half-close").click();
    await expect(bidiStreaming.state).toHaveText("done");
    await expect(bidiStreaming.messages.filter({ hasText: "half-closed: nothing more to send" })).toHaveCount(1);
    await expect.poll(() => server.callsInFlight(runningTotal)).toBe(0);
  });

  test("a conversation greets, and cancelling ends it at the server", async ({
    streams: { bidiStreaming },
    server,
  }) => {
    await bidiStreaming.chooseMethod("Converse");
    const names = [uniqueName("Barbara"), uniqueName("ليلى")];
    for (const [index, name] of names.entries()) {
      await bidiStreaming.send("Name", name);
      await expect(bidiStreaming.received()).toHaveCount(index + 1);
      await expect(bidiStreaming.received().last()).toContainText(name);
    }
    await expect.poll(() => server.callsInFlight(converse)).toBe(1);
    await bidiStreaming.button("Cancel").click();
    await expect(bidiStreaming.state).toHaveText("cancelled");
    await expect.poll(() => server.callsInFlight(converse)).toBe(0);
  });

  test("what is no number is said at the field, and is not sent", async ({ streams: { bidiStreaming } }) => {
    await bidiStreaming.send("Number", "five");
    await expect(bidiStreaming.field("Number")).toHaveAttribute("aria-invalid", "true");
    await expect(bidiStreaming.state).toHaveText("not called yet");
  });
});

test("calls of all four kinds share one WebSocket, and a page without them has none", async ({
  page,
  streams,
  shell,
  server,
}) => {
  const sockets = countSockets(page);
  await streams.open("grpc-web");
  await streams.unary.button("Call").click();
  await expect(streams.unary.state).toHaveText("done");
  expect(sockets()).toBe(0);
  await shell.chooseProtocol("WebSocket");

  await streams.serverStreaming.button("Start").click();
  await streams.clientStreaming.send("Number", "1");
  await streams.bidiStreaming.send("Number", "1");
  await streams.unary.button("Call").click();
  await expect(streams.unary.state).toHaveText("done");
  await expect(streams.serverStreaming.received().first()).toBeVisible();
  await expect(streams.bidiStreaming.received()).toHaveCount(1);
  await expect.poll(() => server.callsInFlight(sum)).toBe(1);
  expect(sockets()).toBe(1);

  await shell.goTo("Calculator");
  await expect.poll(() => server.runningHandlers()).toBe(0);
});

/** Counts the WebSockets that the page opens from now on. */
function countSockets(page: Page): () => number {
  let count = 0;
  page.on("websocket", () => {
    count += 1;
  });
  return () => count;
}
