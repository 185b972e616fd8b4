import { Agent } from "node:http";
import { connect } from "node:http2";
import { createClient, type Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { afterEach, beforeEach, expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

/** More than the ten listeners of one event of one thing from which on Node takes them for a leak. */
const CALLS = 25;
const server = useServer();

const warnings: string[] = [];
const onWarning = ({ name, message }: Error) => warnings.push(`${name}: ${message}`);
beforeEach(() => {
  warnings.length = 0;
  process.on("warning", onWarning);
});
afterEach(() => {
  process.off("warning", onWarning);
});

/** Lets Node say what it has to: it does so in a turn of its own. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function callAgainAndAgain(transport: Transport): Promise<void> {
  const greeter = createClient(GreeterService, transport);
  for (let count = 0; count < CALLS; count++) {
    await greeter.sayHello({ name: "Ada" });
  }
  await turn();
}

it.each([createConnectTransport, createGrpcWebTransport])(
  "a connection of HTTP/1.1 gathers no listeners, however many calls it carries (%o)",
  async (create) => {
    const agent = new Agent({ keepAlive: true });
    await callAgainAndAgain(create({ baseUrl: server.baseUrl, httpVersion: "1.1", nodeOptions: { agent } }));
    agent.destroy();
    expect(warnings).toEqual([]);
  },
);

it.each(["grpc", "grpc-web over http/2", "connect over http/2"] as const)(
  "a connection of HTTP/2 gathers no listeners, however many calls it carries (%s)",
  async (style) => {
    await callAgainAndAgain(createTransport(style, server.baseUrl));
    expect(warnings).toEqual([]);
  },
);

it("a connection gathers no listeners, however many pages it is asked for", async () => {
  const session = connect(server.baseUrl);
  for (let count = 0; count < CALLS; count++) {
    await session.request({ ":path": "/healthz" }).resume().toArray();
  }
  session.close();
  await turn();
  expect(warnings).toEqual([]);
});

it("a WebSocket gathers no listeners, however many calls it carries", async () => {
  const { socket, call, closed } = await openCallClient(server.baseUrl);
  for (let count = 0; count < CALLS; count++) {
    const opened = call(GreeterService.method.sayHello);
    await opened.send({ name: "Ada" });
    opened.end();
    await opened.trailers;
  }
  socket.close();
  await closed;
  await turn();
  expect(warnings).toEqual([]);
});
