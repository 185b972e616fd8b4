import { once } from "node:events";
import { connect } from "node:http2";
import { Code, createClient } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openSocket } from "@triptych/testkit/clients/raw-socket.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it } from "vitest";
import { useIdentity } from "./use-identity.ts";

const identity = useIdentity();

describe("a token anywhere but in authorization", () => {
  const GET = "connect=v1&encoding=json&message=%7B%7D";
  const ORDERS = "/triptych.order.v1.OrderService/ListOrders";

  it.each([
    ["in the query", (token: string) => ({ query: `access_token=${token}&authorization=Bearer%20${token}` })],
    [
      "in a cookie",
      (token: string) => ({ headers: { cookie: `access_token=${token}; authorization=Bearer ${token}` } }),
    ],
    [
      "in another header",
      (token: string) => ({ headers: { "x-access-token": token, "proxy-authorization": `Bearer ${token}` } }),
    ],
  ] as const)("says nothing: %s", async (_where, carrying) => {
    const { query = "", headers = {} }: { query?: string; headers?: Record<string, string> } = carrying(
      await identity.issuer.tokenOf("root"),
    );
    const posted = await sendRequest(identity.server.baseUrl, `/${GreeterService.typeName}/SayHello?${query}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: '{"name": "Ada"}',
    });
    expect([posted.status, posted.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
    const got = await sendRequest(identity.server.baseUrl, `${ORDERS}?${GET}&${query}`, { headers });
    expect(got.status).toBe(401);
  });

  it("in the query of a WebSocket says nothing", async () => {
    const token = await identity.issuer.tokenOf("root");
    const path = `/${GreeterService.typeName}/SayHello?access_token=${token}`;
    const socket = await openSocket(identity.server.baseUrl, path, "grpc-websockets");
    socket.send(Buffer.from("content-type: application/grpc-web+proto\r\n"));
    socket.send("00 00 00 00 00 00");
    socket.send("01");
    expect(Buffer.concat(await socket.rest()).toString()).toContain(`grpc-status: ${Code.Unauthenticated}`);
  });
});

it("takes no two credentials", async () => {
  const { port } = new URL(identity.server.baseUrl);
  const token = await identity.issuer.tokenOf("alice");
  const session = connect(`http://127.0.0.1:${port}`);
  const stream = session.request({
    ":method": "POST",
    ":path": `/${GreeterService.typeName}/SayHello`,
    "content-type": "application/json",
    authorization: `Bearer ${token}, Bearer ${token}`,
  });
  stream.end('{"name": "Ada"}');
  const [headers] = await once(stream, "response");
  expect(headers[":status"]).toBe(401);
  stream.close();
  session.close();
});

it("rejects a scheme that it does not know, also where anyone may call", async () => {
  const client = createClient(CalculatorService, createTransport("grpc", identity.server.baseUrl));
  await expect(client.add({ a: 1n, b: 2n }, { headers: { authorization: "Basic YTpi" } })).rejects.toMatchObject({
    code: Code.Unauthenticated,
    rawMessage: 'authorization must be "Bearer" and a token or key',
  });
});
