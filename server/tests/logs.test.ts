import { once } from "node:events";
import { request as requestHttps } from "node:https";
import { createClient } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { createLogger } from "../src/create-logger.ts";
import { useServer } from "../src/testing/use-server.ts";

let lines: string[] = [];
const logger = createLogger({ logLevel: "trace", logFormat: "json" }, { write: (line) => void lines.push(line) });
const server = useServer({}, { logger });

beforeEach(() => {
  lines = [];
});

/** The lines of calls, once there are so many. */
async function callLines(count: number): Promise<Readonly<Record<string, unknown>>[]> {
  const calls = () => lines.map((line) => JSON.parse(line)).filter(({ msg }) => String(msg).startsWith("call"));
  await expect.poll(() => calls().length).toBe(count);
  return calls();
}

const traceId = "0af7651916cd43dd8448eb211c80319c";
const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01`, "x-request-id": "order-7" };

describe.each(CALL_STYLES)("a call over %s", (style) => {
  it("is one line with its ids, peer, sizes and duration", async () => {
    const client = createClient(GreeterService, createTransport(style, server.baseUrl));
    await client.sayHello({ name: "Ada" }, { headers });
    expect(await callLines(1)).toMatchObject([
      {
        level: 30,
        method: "triptych.greeter.v1.GreeterService/SayHello",
        code: "ok",
        peer: "127.0.0.1",
        traceId,
        requestId: "order-7",
        requestBytes: expect.any(Number),
        responseBytes: expect.any(Number),
        ms: expect.any(Number),
      },
    ]);
  });

  it("that streams says how many messages there were", async () => {
    const client = createClient(CalculatorService, createTransport(style, server.baseUrl));
    const steps = await Array.fromAsync(client.evaluateSteps({ expression: "1 + 2 * 3" }));
    expect(await callLines(1)).toMatchObject([{ sent: steps.length, code: "ok" }]);
  });
});

describe("over TLS", () => {
  const encrypted = useServer({ TLS: "self-signed" }, { logger });

  it("the line of a call over HTTP/1.1 has its peer, also when its client has disconnected", async () => {
    const request = requestHttps(`${encrypted.baseUrl}/${GreeterService.typeName}/WatchGreetings`, {
      method: "POST",
      headers: { "content-type": "application/connect+json" },
      ...{ agent: false, rejectUnauthorized: false },
    });
    request.end(Buffer.from([0, 0, 0, 0, 2, ...Buffer.from("{}")]));
    await once(request, "response");
    request.destroy();
    expect(await callLines(1)).toMatchObject([{ code: "Canceled", carrier: "http/1.1", peer: "127.0.0.1" }]);
  });
});

/** What no line may contain: what people entered, and what identifies them. */
const SECRETS = ["Konstantinopel", "0664-555-1234", "s3cr3t-token", "c00kie-value", "user%40example", "user@example"];

it("logs nothing that people entered, and no secrets, whatever goes well or wrong", async () => {
  const secret = { authorization: "Bearer s3cr3t-token", cookie: "id=c00kie-value", "x-request-id": "user@example" };
  for (const style of CALL_STYLES) {
    const transport = createTransport(style, server.baseUrl);
    const greeter = createClient(GreeterService, transport);
    const orders = createClient(OrderService, transport);
    await greeter.sayHello({ name: "Konstantinopel" }, { headers: secret });
    await expect(greeter.sayHello({ name: "Konstantinopel\n" }, { headers: secret })).rejects.toThrow();
    const order = { phone: "0664-555-1234", items: [{ bookId: 1 }] };
    await orders.createOrder(order, { headers: secret });
    await expect(orders.createOrder({ ...order, items: [{ bookId: -7 }] }, { headers: secret })).rejects.toThrow();
    await expect(orders.getOrder({ id: "0664-555-1234" }, { headers: secret })).rejects.toThrow();
  }
  const path = "/triptych.greeter.v1.GreeterService/SayHello";
  const body = '{"name": "Konstantinopel", "name": {}}';
  await sendRequest(server.baseUrl, path, { method: "POST", body, headers: { "content-type": "application/json" } });
  await sendRequest(server.baseUrl, "/?mail=user%40example");
  await callLines(CALL_STYLES.length * 5 + 1);
  expect(SECRETS.filter((text) => lines.join("").includes(text))).toEqual([]);
});
