import { once } from "node:events";
import { create, toBinary } from "@bufbuild/protobuf";
import { ConverseRequestSchema } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { RpcHandlerOptions } from "@triptych/rpc/rpc-handler.ts";
import { bytesOf, frameOf, openSocket } from "@triptych/testkit/clients/raw-socket.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, describe, expect, it } from "vitest";
import { type GreeterMethods, serveGreeter } from "./serve-greeter.ts";
import { settled, usedMemory } from "./used-memory.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };

const PROTOCOLS = [
  ["grpc-websockets", "/triptych.greeter.v1.GreeterService/Converse"],
  ["triptych-calls.v1", "/calls"],
] as const;

let served: ServedRoutes | undefined;

async function serve(methods: GreeterMethods, options: Partial<RpcHandlerOptions> = {}): Promise<ServedRoutes> {
  served = await serveGreeter(methods, options);
  return served;
}

afterEach(async () => {
  await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(0);
  await expect.poll(() => served?.listener.openConnections(), TIMEOUT).toBe(0);
  await served?.close();
});

describe.each(PROTOCOLS)("the door of %s", (protocol, path) => {
  it.each([
    ["the server's own", (host: string) => `http://${host}`],
    ["the server's own, behind a proxy that encrypts", (host: string) => `https://${host}`],
    ["one on the list", () => "https://app.example.com"],
  ])("is open to a page of %s origin", async (_whose, originOf) => {
    const { baseUrl, port } = await serve({}, { allowedOrigins: ["https://app.example.com"] });
    const origin = originOf(`127.0.0.1:${port}`);
    const { socket } = await openSocket(baseUrl, path, protocol, { headers: { origin } });
    expect(socket.protocol).toBe(protocol);
    socket.close();
  });

  it.each([
    ["another host", () => "https://evil.example.com"],
    ["another port", () => "http://127.0.0.1:1"],
    ["a host that begins alike", (host: string) => `http://${host}.example.com`],
    ["a host that ends alike", (host: string) => `http://a.${host}`],
    ["another scheme", (host: string) => `ftp://${host}`],
    ["one on the list in another spelling", () => "https://APP.example.com"],
    ["one on the list with a path", () => "https://app.example.com/"],
    ["no page in particular", () => "null"],
    ["nothing", () => ""],
  ])("is closed to a page of %s", async (_whose, originOf) => {
    const { baseUrl, port } = await serve({}, { allowedOrigins: ["https://app.example.com"] });
    const origin = originOf(`127.0.0.1:${port}`);
    await expect(openSocket(baseUrl, path, protocol, { headers: { origin } })).rejects.toThrow("HTTP 403");
  });

  it("is closed when an address has too many sockets, and opens again", async () => {
    const { baseUrl } = await serve({}, { socketLimits: { maxSocketsPerAddress: 2 } });
    const first = await openSocket(baseUrl, path, protocol);
    const second = await openSocket(baseUrl, path, protocol);
    await expect(openSocket(baseUrl, path, protocol)).rejects.toThrow("HTTP 429");
    first.socket.close();
    await first.closed;
    await expect.poll(() => served?.listener.openConnections(), TIMEOUT).toBe(1);
    const third = await openSocket(baseUrl, path, protocol);
    second.socket.close();
    third.socket.close();
  });

  it("counts the sockets of one client by what the listener takes for one", async () => {
    const clientOf = () => "2001:db8:0:0::/64";
    const { baseUrl } = await serve({}, { socketLimits: { maxSocketsPerAddress: 1 }, clientOf });
    const { socket } = await openSocket(baseUrl, path, protocol, { localAddress: "127.0.0.1" });
    await expect(openSocket(baseUrl, path, protocol, { localAddress: "127.0.0.2" })).rejects.toThrow("HTTP 429");
    socket.close();
  });

  it("is closed when the server has too many sockets", async () => {
    const { baseUrl } = await serve({}, { socketLimits: { maxSockets: 1 } });
    const { socket } = await openSocket(baseUrl, path, protocol);
    await expect(openSocket(baseUrl, path, protocol)).rejects.toThrow("HTTP 503");
    socket.close();
  });

  it("chooses it among those a client offers", async () => {
    const { baseUrl } = await serve({});
    const { socket } = await openSocket(baseUrl, path, ["chess", protocol]);
    expect(socket.protocol).toBe(protocol);
    socket.close();
  });

  it("says what it asks of a handshake", async () => {
    const { baseUrl } = await serve({});
    const headers = {
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-protocol": protocol,
      "sec-websocket-key": "x",
      "sec-websocket-version": "13",
    };
    expect((await sendRequest(baseUrl, path, { headers })).status).toBe(400);
  });

  it("cuts off a client that does not answer pings", async () => {
    const { baseUrl } = await serve({}, { socketLimits: { pingIntervalMs: 10 } });
    const { socket, closed } = await openSocket(baseUrl, path, protocol, { autoPong: false });
    await once(socket, "ping");
    expect(await closed).toEqual({ code: 1006, reason: "" });
  });

  it("keeps a quiet client that answers pings", async () => {
    const { baseUrl } = await serve({}, { socketLimits: { pingIntervalMs: 10 } });
    const { socket } = await openSocket(baseUrl, path, protocol);
    for (let pings = 0; pings < 10; pings++) await once(socket, "ping");
    expect(socket.readyState).toBe(socket.OPEN);
    socket.close();
  });
});

describe("other upgrades", () => {
  it.each([
    ["no protocol", "/calls", []],
    ["an unknown protocol", "/calls", ["chess"]],
    ["many calls on another path", "/", ["triptych-calls.v1"]],
  ])("with %s are refused", async (_what, path, protocols) => {
    const { baseUrl } = await serve({});
    await expect(openSocket(baseUrl, path, protocols)).rejects.toThrow("HTTP 404");
  });
});

describe("memory, when one side of grpc-websockets is faster than the other", () => {
  const MEGABYTE = 1_048_576;
  /** What tests and client hold themselves; unbounded, the two sides would pile up hundreds of MiB. */
  const ALLOWED_MEGABYTES = 12;
  const message = toBinary(ConverseRequestSchema, create(ConverseRequestSchema, { name: "x".repeat(16_384) }));
  const chunk = Buffer.concat([bytesOf("00"), frameOf(message)]);

  it("stays flat while a client sends what the handler does not read, and nothing is lost", async () => {
    const go = Promise.withResolvers<void>();
    const { baseUrl } = await serve({
      async greetGroup(requests) {
        let count = 0;
        for await (const _ of requests) {
          count += 1;
          await go.promise;
        }
        return { count };
      },
    });
    const client = await openSocket(baseUrl, "/triptych.greeter.v1.GreeterService/GreetGroup", "grpc-websockets");
    const before = await usedMemory();
    client.send(Buffer.from("a: b\r\n"));
    // Sends until nothing more goes out: the kernel's buffers are full, and the server does not read on.
    let sent = 0;
    do {
      for (; client.socket.bufferedAmount < MEGABYTE; sent++) client.send(chunk);
      await settled(() => client.socket.bufferedAmount);
    } while (client.socket.bufferedAmount < MEGABYTE);
    expect(sent).toBeGreaterThan(64);
    await expect.poll(async () => (await usedMemory()) - before, TIMEOUT).toBeLessThan(ALLOWED_MEGABYTES);
    go.resolve();
    client.send("01");
    await client.next();
    expect(await client.next()).toEqual(frameOf(bytesOf(`18 ${varint(sent)}`)));
  });

  it("stays flat while a handler sends what the client does not read, and the handler waits", async () => {
    let made = 0;
    const { baseUrl } = await serve({
      async *watchGreetings() {
        for (;;) {
          made += 1;
          yield { update: { case: "greeting", value: { name: "x".repeat(16_384) } } };
        }
      },
    });
    const client = await openSocket(baseUrl, "/triptych.greeter.v1.GreeterService/WatchGreetings", "grpc-websockets");
    const before = await usedMemory();
    client.socket.pause();
    client.send(Buffer.from("a: b\r\n"));
    client.send("00 00 00000000");
    client.send("01");
    await expect.poll(() => made, TIMEOUT).toBeGreaterThan(3);
    const stalledAt = await settled(() => made);
    await expect.poll(async () => (await usedMemory()) - before, TIMEOUT).toBeLessThan(ALLOWED_MEGABYTES);
    client.socket.resume();
    await expect.poll(() => made, TIMEOUT).toBeGreaterThan(stalledAt + 100);
    client.socket.terminate();
  });
});

/** A number as protobuf writes it, in hexadecimal. */
function varint(value: number): string {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>= 7) bytes.push((rest & 127) | 128);
  return Buffer.from([...bytes, rest]).toString("hex");
}
