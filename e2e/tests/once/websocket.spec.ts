import { expect } from "@playwright/test";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { ownServer, test } from "../../fixtures.ts";

const streamGreetings = "triptych.greeter.v1.GreeterService/StreamGreetings";

test.use({ protocol: "websocket", server: ownServer });

test("after a crash of the server the page goes on over a new socket: nothing lost, nothing twice", async ({
  greeter,
  native,
  page,
  problems,
  server,
  shell,
}) => {
  const sockets: string[] = [];
  page.on("websocket", (socket) => sockets.push(socket.url()));
  await greeter.open();
  await expect(greeter.wallState).toHaveText("live");
  await greeter.greet("Ada");
  await expect(greeter.wallNames).toHaveText(["Ada"]);
  expect(sockets).toHaveLength(1);

  await server.kill();
  await expect(greeter.wallState).toContainText("reconnecting");
  await greeter.greet("Grace");
  await expect(shell.alerts).toContainText("UNAVAILABLE");
  await expect.poll(() => problems.faults()).not.toEqual([]);

  await server.start();
  await native(GreeterService).sayHello({ name: "Alan" });
  await expect(greeter.wallState).toHaveText("live", { timeout: 30_000 });
  await greeter.greet("Edsger");
  await expect(greeter.wallNames).toHaveText(["Edsger", "Alan", "Ada"]);
  // The browser tells of every socket that did not open.
  problems.forgive(/WebSocket connection to .* failed/);
});

test("metadata, a deadline and the status at the end cross it", async ({ explorer, server, wire }) => {
  await explorer.open("websocket", streamGreetings);
  await wire.open();
  await explorer.field("name").fill("Ada");
  await explorer.button("Add interval").click();
  await explorer.field("interval").fill("60s");
  await explorer.button("Add metadata").click();
  await explorer.field("Metadata name 1").fill("x-note");
  await explorer.field("Metadata value 1").fill("hi");
  await explorer.field("Deadline").fill("3s");
  await explorer.field("Deadline").press("Enter");
  await expect(explorer.received()).toHaveText([/Hello, Ada!/]);
  await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(1);
  await expect(explorer.status).toContainText("DEADLINE_EXCEEDED 4");
  await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(0);
  await wire.show("StreamGreetings");
  await wire.headersTab.click();
  await expect(wire.panel.getByRole("region", { name: "Request headers" })).toContainText("x-note");
  await expect(wire.panel.getByRole("region", { name: "Request headers" })).toContainText("timeout");
});

test("an error crosses it with its details", async ({ explorer }) => {
  await explorer.open("websocket", "triptych.greeter.v1.GreeterService/Converse");
  await explorer.field("name").fill("Ada");
  await explorer.button("Send message").click();
  await expect(explorer.received()).toHaveCount(1);
  await explorer.field("language").fill("no such tag");
  await explorer.button("Send message").click();
  await expect(explorer.status).toContainText("INVALID_ARGUMENT 3");
  await expect(explorer.errorDetails).toHaveText([/google\.rpc\.BadRequest.*"field": "language"/s]);
  await expect(explorer.received()).toHaveCount(1);
});
