import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { type Flood, floods } from "@triptych/testkit/attack/floods.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { afterEach, expect, it } from "vitest";
import { useServer } from "../../src/testing/use-server.ts";

const TIMEOUT = { timeout: 10_000, interval: 10 };
const AMOUNT = 3_000;
/** What has to be cut off; so few of the others are answered or refused one by one. */
const MUST_BE_CUT = /^rapid reset|that never end/;

const server = useServer();

afterEach(async () => {
  await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(0);
  await expect.poll(() => server.readMetric("rpc_calls_open"), TIMEOUT).toBe(0);
});

it.each(Object.entries<Flood>(floods))(
  "%s: leaves nothing behind, and another client is served throughout",
  async (name, flood) => {
    const greeter = createClient(GreeterService, createTransport("grpc", server.baseUrl));
    const flooded = flood(server.port, AMOUNT);
    let isOver = false;
    void flooded.finally(() => {
      isOver = true;
    });
    let answered = 0;
    do {
      expect((await greeter.sayHello({ name: "Ada" })).message).toBe("Hello, Ada!");
      answered += 1;
    } while (!isOver);
    const { sent, cut } = await flooded;
    expect(sent).toBeGreaterThan(0);
    expect(answered).toBeGreaterThan(0);
    expect(cut > 0 || !MUST_BE_CUT.test(name), `${cut} connections cut`).toBe(true);
  },
);
