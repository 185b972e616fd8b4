import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { afterEach, describe, expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

const server = useServer({ MAX_MESSAGE_BYTES: "65536" });
const TIMEOUT = { timeout: 5_000, interval: 5 };
const UNARY = "/triptych.greeter.v1.GreeterService/SayHello";
const GROUP = "/triptych.greeter.v1.GreeterService/GreetGroup";
const FOLLOW = "/triptych.greeter.v1.GreeterService/WatchGreetings";

/** The prefix of an envelope: flags, and the length it claims. */
function prefix(flags: number, length: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt8(flags);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

/** A SayHelloRequest whose name is Ada. */
const ada = Buffer.from([0x0a, 3, 0x41, 0x64, 0x61]);
const envelope = (message: Buffer) => Buffer.concat([prefix(0, message.length), message]);

const bodies = {
  "nothing at all": Buffer.alloc(0),
  "half a prefix": Buffer.from([0, 0]),
  "less than it claims": Buffer.concat([prefix(0, 100), ada]),
  "a claim of 4 GiB": Buffer.concat([prefix(0, 0xffffffff), ada]),
  "a compressed message without a compression": Buffer.concat([prefix(1, ada.length), ada]),
  "no protobuf": envelope(Buffer.from([0xff, 0xff, 0xff])),
  "a field that claims more than there is": envelope(Buffer.from([0x0a, 0x7f, 0x41])),
  "a name that is no UTF-8": envelope(Buffer.from([0x0a, 2, 0xc3, 0x28])),
  "two messages for a unary call": Buffer.concat([envelope(ada), envelope(ada)]),
  noise: Buffer.from("GET / HTTP/1.1\r\n\r\n".repeat(50)),
};
const CLIENT_FAULTS = [3, 8, 11, 12, 13];

afterEach(async () => {
  await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(0);
  const greeter = createClient(GreeterService, createTransport("grpc", server.baseUrl));
  expect((await greeter.sayHello({ name: "Ada" })).message).toBe("Hello, Ada!");
});

/** Sends a gRPC call over HTTP/2 and resolves with its status code. */
async function grpcStatus(path: string, body: Buffer, headers = {}): Promise<number> {
  const session = connectHttp2(server.baseUrl);
  const stream = session.request({
    ":method": "POST",
    ":path": path,
    "content-type": "application/grpc",
    te: "trailers",
    ...headers,
  });
  let status: unknown;
  const read = (fields: Readonly<Record<string, unknown>>) => {
    status ??= fields["grpc-status"];
  };
  stream.on("response", read).on("trailers", read).resume().end(body);
  await once(stream, "close");
  session.close();
  return Number(status);
}

/** Sends a gRPC-Web call over HTTP/1.1 and resolves with the status code of its trailers, in the body or in the headers. */
async function grpcWebStatus(path: string, body: Buffer): Promise<number> {
  const headers = { "content-type": "application/grpc-web+proto", "x-grpc-web": "1" };
  const response = await sendRequest(server.baseUrl, path, { method: "POST", headers, body });
  const inBody = /grpc-status: *(\d+)/i.exec(response.body.toString("latin1"))?.[1];
  return Number(response.headers["grpc-status"] ?? inBody);
}

describe.each(Object.entries(bodies))("a body of %s", (_what, body) => {
  it.each([UNARY, GROUP])("is answered over gRPC at %s", async (path) => {
    expect([0, ...CLIENT_FAULTS]).toContain(await grpcStatus(path, body));
  });

  it("is refused over gRPC-Web", async () => {
    expect(CLIENT_FAULTS).toContain(await grpcWebStatus(UNARY, body));
  });

  it("is refused as the stream of a Connect call", async () => {
    const headers = { "content-type": "application/connect+proto" };
    const response = await sendRequest(server.baseUrl, FOLLOW, { method: "POST", headers, body });
    expect(response.status).toBe(200);
    const end = JSON.parse(response.body.subarray(5).toString());
    expect(["invalid_argument", "internal", "resource_exhausted", "unimplemented"]).toContain(end.error.code);
  });
});

describe("a Connect unary call", () => {
  const call = (type: string, body: string | Buffer, headers = {}) =>
    sendRequest(server.baseUrl, UNARY, { method: "POST", headers: { "content-type": type, ...headers }, body });

  it.each([
    ["garbage", "{nonsense"],
    ["a text for an object", '"Ada"'],
    ["a number for a text", '{"name": 5}'],
    ["a lone surrogate", '{"name": "\\ud800"}'],
    ["no UTF-8", Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])],
    ["an object 5,000 deep", '{"a":'.repeat(5_000)],
  ])("is refused whose JSON is %s", async (_what, body) => {
    const response = await call("application/json", body);
    expect(response.status).toBe(400);
    expect(JSON.parse(response.body.toString())).toMatchObject({ code: "invalid_argument" });
  });

  it("is refused whose message is no protobuf", async () => {
    const response = await call("application/proto", Buffer.from([0xff]));
    // The code that gRPC gives a request that cannot be read.
    expect(JSON.parse(response.body.toString())).toMatchObject({ code: "internal" });
  });

  it("is refused whose message is larger than the limit", async () => {
    const response = await call("application/json", JSON.stringify({ name: "x".repeat(70_000) }));
    expect(response.status).toBe(429);
    expect(JSON.parse(response.body.toString())).toMatchObject({ code: "resource_exhausted" });
  });

  it("is refused with a timeout that is none", async () => {
    const response = await call("application/json", "{}", { "connect-timeout-ms": "soon" });
    expect(JSON.parse(response.body.toString())).toMatchObject({ code: "invalid_argument" });
  });

  it("is refused with a compression that the server does not have, by the names of those it has", async () => {
    const response = await call("application/json", "{}", { "content-encoding": "lzma" });
    expect(JSON.parse(response.body.toString())).toMatchObject({ code: "unimplemented" });
  });
});

describe("a client that breaks off", () => {
  const head = (path: string, rest: string) =>
    `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/connect+proto\r\n${rest}\r\n\r\n`;

  it.each([
    ["in the middle of a body of known length", head(UNARY, "content-length: 1000"), "{"],
    ["in the middle of a chunk", head(GROUP, "transfer-encoding: chunked"), "ff\r\nabc"],
    ["with a chunk of no length", head(GROUP, "transfer-encoding: chunked"), "zz\r\n"],
  ])("leaves nothing behind %s", async (_when, request, body) => {
    const socket = connect(server.port, "127.0.0.1").on("error", () => undefined);
    await once(socket, "connect");
    socket.end(request + body);
    socket.resume();
    await once(socket, "close");
  });

  it("leaves nothing behind when its HTTP/2 connection is cut in a stream", async () => {
    const session = connectHttp2(server.baseUrl).on("error", () => undefined);
    const stream = session.request({ ":method": "POST", ":path": GROUP, "content-type": "application/grpc" });
    stream.on("error", () => undefined).write(envelope(ada));
    await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(1);
    session.destroy();
  });

  it("is refused with a deadline that is none", async () => {
    expect(await grpcStatus(UNARY, envelope(ada), { "grpc-timeout": "soon" })).toBe(3);
  });
});
