import { once } from "node:events";
import { request as requestHttp } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import {
  SayHelloRequestSchema,
  SayHelloResponseSchema,
  StreamGreetingsRequestSchema,
  WatchGreetingsRequestSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { frameOf } from "@triptych/testkit/clients/raw-socket.ts";
import { describe, expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

const PATH = "/triptych.greeter.v1.GreeterService";
const TEXT = "application/grpc-web-text";
const TEXT_PROTO = "application/grpc-web-text+proto";

const hello = (name: string) => frameOf(toBinary(SayHelloRequestSchema, create(SayHelloRequestSchema, { name })));
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** A response as it arrives. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The pieces of the body as they arrive. */
  readonly chunks: AsyncIterable<Buffer>;
  close(): void;
}

/** Sends a body in chunks over a connection of its own. */
type Send = (baseUrl: string, path: string, headers: Record<string, string>, ...chunks: string[]) => Promise<Answer>;

const sendOverHttp1: Send = async (baseUrl, path, headers, ...chunks) => {
  const request = requestHttp(`${baseUrl}${path}`, { method: "POST", headers, agent: false });
  for (const chunk of chunks) request.write(chunk);
  request.end();
  const [response] = await once(request, "response");
  return { status: response.statusCode, headers: response.headers, chunks: response, close: () => request.destroy() };
};

const sendOverHttp2: Send = async (baseUrl, path, headers, ...chunks) => {
  const session = connectHttp2(baseUrl);
  const stream = session.request({ ":method": "POST", ":path": path, ...headers });
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  const [received] = await once(stream, "response");
  stream.on("close", () => session.close());
  return { status: received[":status"], headers: received, chunks: stream, close: () => session.destroy() };
};

/** The frames of a body whose every segment is padded base64 and ends where its frame does. */
async function readFrames(answer: Answer): Promise<{ flag: number; data: Buffer }[]> {
  const text = Buffer.concat(await Array.fromAsync(answer.chunks)).toString("latin1");
  const segments = text.match(/[A-Za-z0-9+/]+={0,2}/g) ?? [];
  expect(segments.join("")).toBe(text);
  const bytes = Buffer.concat(segments.map((segment) => Buffer.from(segment, "base64")));
  const frames: { flag: number; data: Buffer }[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = start + 5 + bytes.readUInt32BE(start + 1);
    frames.push({ flag: bytes[start] ?? -1, data: bytes.subarray(start + 5, end) });
    start = end;
  }
  const own = frames.map(({ flag, data }) => base64(frameOf(data, flag)));
  expect(own.join("")).toBe(text);
  return frames;
}

describe.each([
  ["HTTP/1.1", sendOverHttp1],
  ["HTTP/2", sendOverHttp2],
])("gRPC-Web in text mode over %s", (_version, send) => {
  const server = useServer();
  const sayHello = (headers: Record<string, string>, ...chunks: string[]) =>
    send(server.baseUrl, `${PATH}/SayHello`, headers, ...chunks);

  it.each([
    ["in one piece", [base64(hello("Ada"))]],
    ["character by character", [...base64(hello("Ada"))]],
    ["as several padded segments", [...hello("Ada")].map((byte) => base64(Uint8Array.of(byte)))],
    ["head and message apart", [base64(hello("Ada").subarray(0, 5)), base64(hello("Ada").subarray(5))]],
  ])("reads a request that comes %s", async (_how, chunks) => {
    const answer = await sayHello({ "content-type": TEXT }, ...chunks);
    expect(answer).toMatchObject({ status: 200, headers: { "content-type": TEXT_PROTO } });
    const [message, trailer, ...more] = await readFrames(answer);
    expect(message?.flag).toBe(0);
    expect(fromBinary(SayHelloResponseSchema, message?.data ?? Buffer.alloc(0)).message).toBe("Hello, Ada!");
    expect(trailer).toEqual({ flag: 0x80, data: Buffer.from("grpc-status: 0\r\n") });
    expect(more).toEqual([]);
  });

  it.each([TEXT_PROTO, "Application/GRPC-Web-Text", `${TEXT}; charset=utf-8`, `${TEXT_PROTO};a=b`])(
    "knows %s",
    async (contentType) => {
      const answer = await sayHello({ "content-type": contentType }, base64(hello("Ada")));
      expect(answer).toMatchObject({ status: 200, headers: { "content-type": TEXT_PROTO } });
      expect(await readFrames(answer)).toHaveLength(2);
    },
  );

  it("answers a binary request in text when that is what it accepts", async () => {
    const answer = await send(server.baseUrl, `${PATH}/SayHello`, {
      "content-type": "application/grpc-web+proto",
      accept: `text/html, ${TEXT}`,
      "content-length": "0",
    });
    expect(answer.headers["content-type"]).toBe(TEXT_PROTO);
    await readFrames(answer);
  });

  it("never compresses", async () => {
    const headers = { "content-type": TEXT, "grpc-accept-encoding": "gzip", "accept-encoding": "gzip" };
    const request = create(SayHelloRequestSchema, { name: "Ada", language: "ar" });
    const answer = await sayHello(headers, base64(frameOf(toBinary(SayHelloRequestSchema, request))));
    expect(answer.headers).not.toHaveProperty("grpc-encoding");
    expect((await readFrames(answer)).map(({ flag }) => flag)).toEqual([0, 0x80]);
  });

  it("puts the status of a call that fails before its first message into the headers", async () => {
    const answer = await sayHello({ "content-type": TEXT }, base64(hello("")));
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        "content-type": TEXT_PROTO,
        "grpc-status": String(Code.InvalidArgument),
        "grpc-message": expect.stringContaining("name%20must%20have"),
        "grpc-status-details-bin": expect.any(String),
      },
    });
    expect(await readFrames(answer)).toEqual([]);
  });

  it("answers a method that is not there in the headers", async () => {
    const answer = await send(server.baseUrl, `${PATH}/Nothing`, { "content-type": TEXT }, "AAAA");
    expect(answer).toMatchObject({ status: 200, headers: { "grpc-status": String(Code.Unimplemented) } });
    expect(await readFrames(answer)).toEqual([]);
  });

  it.each([
    ["a character that is none", `${base64(hello("Ada")).slice(0, -1)}!`],
    ["the characters of URLs", "____"],
    ["white space", `${base64(hello("Ada"))}\r\n`],
    ["a length that is no multiple of 4", base64(hello("Ada")).slice(0, -1)],
    ["padding in the wrong place", `=${base64(hello("Ada")).slice(1)}`],
  ])("answers %s with HTTP 400", async (_what, body) => {
    for (const method of ["SayHello", "StreamGreetings", "GreetGroup"]) {
      const answer = await send(server.baseUrl, `${PATH}/${method}`, { "content-type": TEXT }, body);
      expect(answer.status).toBe(400);
      expect(Buffer.concat(await Array.fromAsync(answer.chunks)).toString()).toMatch(/^base64 must /);
    }
  });

  it("counts decoded bytes against the limit of messages", async () => {
    const inBounds = hello("x".repeat(4_194_304 - 10));
    const answer = await sayHello({ "content-type": TEXT }, base64(inBounds));
    // A name so long is refused for what it is, not for the size of the message.
    expect(answer.headers["grpc-status"]).toBe(String(Code.InvalidArgument));
    await readFrames(answer);
    const tooLarge = await sayHello({ "content-type": TEXT }, base64(hello("x".repeat(4_194_304))));
    expect(tooLarge.headers["grpc-status"]).toBe(String(Code.ResourceExhausted));
    tooLarge.close();
  });

  it("sends each message of a stream when it is made, in a segment of its own", async () => {
    const request = create(WatchGreetingsRequestSchema, {});
    const body = base64(frameOf(toBinary(WatchGreetingsRequestSchema, request)));
    const answer = await send(server.baseUrl, `${PATH}/WatchGreetings`, { "content-type": TEXT }, body);
    const chunks = answer.chunks[Symbol.asyncIterator]();
    for (let round = 0; round < 3; round++) {
      const { value } = await chunks.next();
      const bytes = Buffer.from(value.toString("latin1"), "base64");
      expect(base64(bytes)).toBe(value.toString("latin1"));
      expect(bytes.readUInt32BE(1)).toBe(bytes.length - 5);
      // The next message is made only now.
      const greeting = await sayHello({ "content-type": TEXT }, base64(hello("Ada")));
      await readFrames(greeting);
    }
    answer.close();
    await expect.poll(() => server.server.runningHandlers()).toBe(0);
  });

  it("ends a stream whose headers are gone with a trailer in the body", async () => {
    const request = create(StreamGreetingsRequestSchema, { name: "Ada", count: -1 });
    const body = base64(frameOf(toBinary(StreamGreetingsRequestSchema, request)));
    const answer = await send(server.baseUrl, `${PATH}/StreamGreetings`, { "content-type": TEXT }, body);
    expect(answer.headers["content-type"]).toBe(TEXT_PROTO);
    const frames = await readFrames(answer);
    expect(frames.at(-1)?.data.toString()).toContain(`grpc-status: ${Code.InvalidArgument}\r\n`);
  });
});
