import { Code } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { RpcHandlerOptions } from "@triptych/rpc/rpc-handler.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { frameOf, openSocket } from "@triptych/testkit/clients/raw-socket.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { decodeServerFrame, encodeFrame } from "@triptych/wire/call-frames.ts";
import { afterEach, expect, it } from "vitest";
import { type GreeterMethods, serveGreeter } from "./serve-greeter.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };
const SERVICE = "/triptych.greeter.v1.GreeterService";
const LIMIT = 4_096;

let served: ServedRoutes | undefined;
afterEach(() => served?.close());

async function serve(methods: GreeterMethods, options: Partial<RpcHandlerOptions> = {}): Promise<string> {
  served = await serveGreeter(methods, { readMaxBytes: LIMIT, ...options });
  return served.baseUrl;
}

/** A message whose only field is a name, of exactly so many bytes; from 130 to 16,385. */
function messageOfSize(bytes: number): Buffer {
  const length = bytes - 3;
  return Buffer.concat([Buffer.of(0x0a, (length & 0x7f) | 0x80, length >> 7), Buffer.alloc(length, "a")]);
}

const greet: GreeterMethods = { sayHello: ({ name }) => ({ message: String(name.length) }) };

it.each([
  [LIMIT - 1, "0"],
  [LIMIT, "0"],
  [LIMIT + 1, String(Code.ResourceExhausted)],
])("grpc-websockets: a message of %i bytes, where 4096 are the most, ends with status %s", async (bytes, status) => {
  const socket = await openSocket(await serve(greet), `${SERVICE}/SayHello`, "grpc-websockets");
  socket.send(Buffer.from("a: b\r\n"));
  socket.send(Buffer.concat([Buffer.of(0), frameOf(messageOfSize(bytes))]));
  socket.send("01");
  expect((await socket.rest()).at(-1)?.toString()).toContain(`grpc-status: ${status}\r\n`);
});

it.each([
  [LIMIT - 1, "0"],
  [LIMIT, "0"],
  [LIMIT + 1, String(Code.ResourceExhausted)],
])("triptych-calls: a message of %i bytes, where 4096 are the most, ends with status %s", async (bytes, status) => {
  const { socket, call } = await openCallClient(await serve(greet));
  const opened = call(GreeterService.method.sayHello);
  await opened.send({ name: "a".repeat(bytes - 3) });
  opened.end();
  expect((await opened.trailers).get("grpc-status")).toBe(status);
  socket.close();
});

it("a socket that is paused, because its handler does not read, is not cut by the keep-alive", async () => {
  const go = Promise.withResolvers<void>();
  const baseUrl = await serve(
    {
      async greetGroup(requests) {
        await go.promise;
        let read = 0;
        for await (const _ of requests) read += 1;
        return { message: String(read) };
      },
    },
    { socketLimits: { pingIntervalMs: 10 } },
  );
  const client = await openSocket(baseUrl, `${SERVICE}/GreetGroup`, "grpc-websockets");
  let pings = 0;
  client.socket.on("ping", () => {
    pings += 1;
  });
  client.send(Buffer.from("a: b\r\n"));
  const messages = 400;
  for (let count = 0; count < messages; count++)
    client.send(Buffer.concat([Buffer.of(0), frameOf(messageOfSize(LIMIT))]));
  client.send("01");
  // Three that are not answered are the end of a socket that is read.
  await expect.poll(() => pings, TIMEOUT).toBeGreaterThan(8);
  go.resolve();
  const rest = (await client.rest()).map(String);
  expect(rest.at(-2)).toContain(String(messages));
  expect(rest.at(-1)).toContain("grpc-status: 0\r\n");
});

it("triptych-calls: no window is given for a call that is over, whatever of it comes then", async () => {
  const baseUrl = await serve({ greetGroup: async () => ({ message: "enough" }) });
  const client = await openSocket(baseUrl, "/calls", "triptych-calls.v1");
  const data = (stream: number) => client.send(encodeFrame({ type: "data", stream, bytes: Buffer.alloc(16_000) }));
  const open = (stream: number) =>
    client.send(encodeFrame({ type: "open", stream, path: `${SERVICE}/GreetGroup`, metadata: new Headers() }));
  const after: string[] = [];
  const untilTrailers = async (stream: number) => {
    for (;;) {
      const frame = decodeServerFrame(await client.next());
      if (frame.type === "trailers" && frame.stream === stream) return;
      if (frame.type !== "goaway" && frame.stream !== stream) after.push(`${frame.type} of ${frame.stream}`);
    }
  };
  open(1);
  await untilTrailers(1);
  for (let count = 0; count < 3; count++) data(1);
  open(3);
  await untilTrailers(3);
  expect(after).toEqual([]);
  client.socket.close();
  await client.closed;
});
