import { once } from "node:events";
import { create, toBinary } from "@bufbuild/protobuf";
import { Code, type HandlerContext } from "@connectrpc/connect";
import { SayHelloRequestSchema, SayHelloResponseSchema } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { RpcHandlerOptions } from "@triptych/rpc/rpc-handler.ts";
import { bytesOf, frameOf, openSocket, type RawSocket } from "@triptych/testkit/clients/raw-socket.ts";
import { openTimers } from "@triptych/testkit/leftovers/open-timers.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, describe, expect, it } from "vitest";
import { type GreeterMethods, serveGreeter } from "./serve-greeter.ts";

const SERVICE = "/triptych.greeter.v1.GreeterService";
const METADATA = Buffer.from("content-type: application/grpc-web+proto\r\nx-grpc-web: 1\r\n");

const TIMEOUT = { timeout: 5_000, interval: 5 };

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

/** Waits until the call is over. */
const untilOver = ({ signal }: HandlerContext) => once(signal, "abort");
const open = ({ baseUrl }: ServedRoutes, method: string) =>
  openSocket(baseUrl, `${SERVICE}/${method}`, "grpc-websockets");

const hello = (name: string) => toBinary(SayHelloRequestSchema, create(SayHelloRequestSchema, { name }));
const more = (frame: Uint8Array) => Buffer.concat([bytesOf("00"), frame]);

/** The block of a frame of headers or trailers, which must be alone in its message. */
function blockOf(message: Buffer | undefined): string {
  expect(message?.[0]).toBe(0x80);
  expect(message?.readUInt32BE(1)).toBe((message?.length ?? 0) - 5);
  return message?.subarray(5).toString() ?? "";
}

/** The status that the rest of the messages ends with, after headers that may have come before. */
async function statusOf(socket: RawSocket): Promise<{ code: number; message: string; headersFirst: boolean }> {
  const messages = await socket.rest();
  const trailers = new Headers(
    blockOf(messages.at(-1))
      .trimEnd()
      .split("\r\n")
      .map((line): [string, string] => [line.split(": ")[0] ?? "", line.split(": ")[1] ?? ""]),
  );
  return {
    code: Number(trailers.get("grpc-status")),
    message: decodeURIComponent(trailers.get("grpc-message") ?? ""),
    headersFirst: messages.length > 1 && blockOf(messages[0]).includes("content-type: "),
  };
}

describe("grpc-websockets", () => {
  it("answers with a frame of headers, frames of messages and a frame of trailers, each in its own message", async () => {
    const socket = await open(
      await serve({
        sayHello(request, { requestHeader, responseHeader, responseTrailer }) {
          responseHeader.set("x-answer", requestHeader.get("x-question") ?? "");
          responseTrailer.set("x-last", "word");
          return { message: `Hello, ${request.name}!` };
        },
      }),
      "SayHello",
    );
    expect(socket.socket.protocol).toBe("grpc-websockets");
    expect(socket.socket.extensions).toBe("");
    socket.send(Buffer.from("X-Question: one, two\r\n"));
    socket.send(more(frameOf(hello("Ada"))));
    socket.send("01");
    expect(blockOf(await socket.next())).toBe("content-type: application/grpc-web+proto\r\nx-answer: one, two\r\n");
    const answer = toBinary(SayHelloResponseSchema, create(SayHelloResponseSchema, { message: "Hello, Ada!" }));
    expect(await socket.next()).toEqual(frameOf(answer));
    expect(blockOf(await socket.next())).toBe("grpc-status: 0\r\nx-last: word\r\n");
    expect(await socket.closed).toEqual({ code: 1000, reason: "" });
  });

  it("does not take the headers of the upgrade for metadata", async () => {
    const { baseUrl } = await serve({
      sayHello: (_request, { requestHeader }) => ({ message: requestHeader.get("cookie") ?? "none" }),
    });
    const socket = await openSocket(baseUrl, `${SERVICE}/SayHello`, "grpc-websockets", { headers: { cookie: "a=b" } });
    socket.send(METADATA);
    socket.send(more(frameOf(hello("Ada"))));
    socket.send("01");
    await socket.next();
    expect((await socket.next()).toString()).toContain("none");
  });

  it("reads frames that are cut anywhere, and many in one message", async () => {
    const names = ["Ada", "Alan", "Grace"];
    const server = await serve({
      async greetGroup(requests) {
        const read: string[] = [];
        for await (const { name } of requests) read.push(name);
        return { message: read.join(" ") };
      },
    });
    const bytes = Buffer.concat(names.map((name) => frameOf(hello(name))));
    for (const size of [1, 2, 7, bytes.length]) {
      const socket = await open(server, "GreetGroup");
      socket.send(METADATA);
      for (let start = 0; start < bytes.length; start += size) socket.send(more(bytes.subarray(start, start + size)));
      socket.send("");
      socket.send("00");
      socket.send("01");
      await socket.next();
      expect((await socket.next()).toString()).toContain("Ada Alan Grace");
      await socket.closed;
    }
  });

  it("sends headers before the first message", async () => {
    const socket = await open(
      await serve({
        // biome-ignore lint/correctness/useYield: a stream that stays silent is what this test is about
        async *watchGreetings(_request, context) {
          context.responseHeader.set("x-early", "yes");
          await untilOver(context);
        },
      }),
      "WatchGreetings",
    );
    socket.send(METADATA);
    socket.send(more(frameOf(new Uint8Array())));
    socket.send("01");
    expect(blockOf(await socket.next())).toContain("x-early: yes");
    socket.socket.close();
  });
});

/** What a client may do wrong, after a good block of metadata unless it says otherwise. */
const malformed: {
  readonly what: string;
  readonly send: (socket: RawSocket) => void;
  readonly status: { readonly code: Code; readonly message: string };
  readonly closeCode: number;
}[] = [
  {
    what: "metadata as text",
    send: ({ socket }) => socket.send("a: b\r\n"),
    status: { code: Code.InvalidArgument, message: "messages must be binary: got text" },
    closeCode: 1003,
  },
  {
    what: "metadata without a colon",
    send: ({ send }) => send(Buffer.from("nonsense")),
    status: { code: Code.InvalidArgument, message: 'metadata must have lines "key: value": got "nonsense"' },
    closeCode: 1002,
  },
  {
    what: "metadata that are not UTF-8",
    send: ({ send }) => send("ff"),
    status: { code: Code.InvalidArgument, message: "metadata must be UTF-8" },
    closeCode: 1002,
  },
  {
    what: "too much metadata",
    send: ({ send }) => send(Buffer.from(`a: ${"x".repeat(16_384)}`)),
    status: { code: Code.ResourceExhausted, message: "metadata must have at most 16384 bytes: got 16387" },
    closeCode: 1000,
  },
  {
    what: "a timeout that is none",
    send: ({ send }) => {
      send(Buffer.from("grpc-timeout: soon\r\n"));
      send(more(frameOf(hello("Ada"))));
      send("01");
    },
    status: { code: Code.InvalidArgument, message: "protocol error: invalid grpc timeout value: soon" },
    closeCode: 1000,
  },
  {
    what: "a message as text",
    send: ({ send, socket }) => {
      send(METADATA);
      socket.send("hello");
    },
    status: { code: Code.InvalidArgument, message: "messages must be binary: got text" },
    closeCode: 1003,
  },
  {
    what: "a control byte that is none",
    send: ({ send }) => {
      send(METADATA);
      send("02");
    },
    status: { code: Code.InvalidArgument, message: "a message must begin with 0, or be the byte 1 alone: got 2" },
    closeCode: 1002,
  },
  {
    what: "a frame without its control byte",
    send: ({ send }) => {
      send(METADATA);
      send("80 00000000");
    },
    status: { code: Code.InvalidArgument, message: "a message must begin with 0, or be the byte 1 alone: got 128" },
    closeCode: 1002,
  },
  {
    what: "an end that goes on",
    send: ({ send }) => {
      send(METADATA);
      send("01 00");
    },
    status: {
      code: Code.InvalidArgument,
      message: "a message must begin with 0, or be the byte 1 alone: got 1 and 1 bytes",
    },
    closeCode: 1002,
  },
  {
    what: "a message after the end",
    send: ({ send }) => {
      send(METADATA);
      send("01");
      send(more(frameOf(hello("Ada"))));
    },
    status: { code: Code.InvalidArgument, message: "nothing may come after the end of the client's messages" },
    closeCode: 1002,
  },
  {
    what: "two ends",
    send: ({ send }) => {
      send(METADATA);
      send("01");
      send("01");
    },
    status: { code: Code.InvalidArgument, message: "nothing may come after the end of the client's messages" },
    closeCode: 1002,
  },
  {
    what: "a frame that stops short",
    send: ({ send }) => {
      send(METADATA);
      send("00 00 00000009 0a");
      send("01");
    },
    status: {
      code: Code.InvalidArgument,
      message: "protocol error: incomplete envelope",
    },
    closeCode: 1000,
  },
  {
    what: "half the head of a frame",
    send: ({ send }) => {
      send(METADATA);
      send("00 0000");
      send("01");
    },
    status: { code: Code.InvalidArgument, message: "protocol error: incomplete envelope" },
    closeCode: 1000,
  },
  {
    what: "a compressed frame without an encoding",
    send: ({ send }) => {
      send(METADATA);
      send(more(frameOf(hello("Ada"), 1)));
      send("01");
    },
    status: { code: Code.Internal, message: "received compressed envelope, but do not know how to decompress" },
    closeCode: 1000,
  },
  {
    what: "bytes that are no message",
    send: ({ send }) => {
      send(METADATA);
      send(more(frameOf(bytesOf("ff"))));
      send("01");
    },
    status: { code: Code.Internal, message: "" },
    closeCode: 1000,
  },
  {
    what: "a frame that says it is too large",
    send: ({ send }) => {
      send(METADATA);
      send("00 00 ffffffff 00");
    },
    status: {
      code: Code.ResourceExhausted,
      message: "message size 4294967295 is larger than configured readMaxBytes 65536",
    },
    closeCode: 1000,
  },
  {
    what: "a message that is too large",
    send: ({ send }) => {
      send(METADATA);
      send(new Uint8Array(70_000));
    },
    status: { code: Code.ResourceExhausted, message: "the message is larger than the server reads" },
    closeCode: 1009,
  },
];

const answerNames: GreeterMethods["converse"] = async function* (requests) {
  for await (const { name } of requests) yield { message: name };
};

describe("what a client does wrong over grpc-websockets", () => {
  it.each(malformed)(
    "$what ends the call with its status and closes the socket",
    async ({ send, status, closeCode }) => {
      const server = await serve({
        async *converse(requests) {
          for await (const { name } of requests) yield { message: name };
        },
      });
      const socket = await open(server, "Converse");
      send(socket);
      const { code, message, headersFirst } = await statusOf(socket);
      expect({ code, headersFirst }).toEqual({ code: status.code, headersFirst: true });
      expect(message).toContain(status.message);
      expect((await socket.closed).code).toBe(closeCode);
    },
  );

  it("a broken frame of the WebSocket itself is no different", async () => {
    const socket = await open(await serve({ converse: answerNames }), "Converse");
    socket.send(METADATA);
    // A client must mask its frames.
    Reflect.get(socket.socket, "_socket").write(bytesOf("82 01 00"));
    expect(await statusOf(socket)).toMatchObject({ code: Code.InvalidArgument });
    expect((await socket.closed).code).toBe(1002);
  });

  it("saying nothing is ended at the time limit", async () => {
    const socket = await open(await serve({}, { socketLimits: { headerTimeoutMs: 20 } }), "SayHello");
    expect(await statusOf(socket)).toMatchObject({
      code: Code.DeadlineExceeded,
      message: "metadata must come within 20 ms",
    });
  });

  it("saying what it calls is in no hurry any more", async () => {
    const socket = await open(await serve({ sayHello: ({ name }) => ({ message: name }) }), "SayHello");
    const waits = () => Object.keys(openTimers()).filter((origin) => origin.includes("serve-grpc-websockets"));
    expect(waits()).toHaveLength(1);
    socket.send(METADATA);
    await expect.poll(() => served?.rpc.calls.count, TIMEOUT).toBe(1);
    expect(waits()).toEqual([]);
    socket.send(more(frameOf(hello("Ada"))));
    socket.send("01");
    expect(await statusOf(socket)).toMatchObject({ code: 0 });
  });

  it("sending more than its call reads is heard to close when that is over", async () => {
    const go = Promise.withResolvers<{ message: string }>();
    const server = await serve({ greetGroup: () => go.promise }, { socketLimits: { closeTimeoutMs: 3_600_000 } });
    const socket = await open(server, "GreetGroup");
    socket.send(METADATA);
    for (let times = 0; times < 2; times++) socket.send(more(Buffer.alloc(33_000)));
    // So much waits for the call that the socket is not read: nor is what its client sends now, and then that it closes.
    await expect.poll(() => server.held().requestBytes, TIMEOUT).toBe(66_000);
    socket.send(more(Buffer.alloc(1)));
    go.resolve({ message: "enough" });
    expect(await statusOf(socket)).toMatchObject({ code: 0 });
  });

  it("calling what there is not is answered with UNIMPLEMENTED", async () => {
    const socket = await open(await serve({}), "SayGoodbye");
    socket.send(METADATA);
    expect(await statusOf(socket)).toEqual({
      code: Code.Unimplemented,
      message: `no such method: ${SERVICE}/SayGoodbye`,
      headersFirst: true,
    });
    expect((await socket.closed).code).toBe(1000);
  });

  it("leaving in the middle of a frame cancels the handler", async () => {
    const aborted = Promise.withResolvers<unknown>();
    const server = await serve({
      async *converse(requests, { signal }) {
        signal.addEventListener("abort", () => aborted.resolve(signal.reason));
        for await (const { name } of requests) yield { message: name };
      },
    });
    const socket = await open(server, "Converse");
    socket.send(METADATA);
    socket.send("00 00 00000009 0a");
    await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(1);
    socket.socket.terminate();
    expect(await aborted.promise).toMatchObject({ code: Code.Canceled });
  });
});

describe("a server that drains", () => {
  it("ends a stream with UNAVAILABLE, lets a unary call finish, and closes their sockets", async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<{ message: string }>();
    const server = await serve({
      sayHello() {
        asked.resolve();
        return answer.promise;
      },
      async *watchGreetings(_request, context) {
        yield {};
        await untilOver(context);
      },
    });
    const silent = await open(server, "SayHello");
    const unary = await open(server, "SayHello");
    const stream = await open(server, "WatchGreetings");
    for (const { send } of [unary, stream]) {
      send(METADATA);
      send(more(frameOf(new Uint8Array())));
      send("01");
    }
    await stream.next();
    await stream.next();
    await asked.promise;
    server.drain();
    expect(await statusOf(silent)).toMatchObject({ code: Code.Unavailable });
    expect((await silent.closed).code).toBe(1001);
    const status = blockOf((await stream.rest()).at(-1));
    expect(status).toContain(`grpc-status: ${Code.Unavailable}\r\n`);
    await expect(open(server, "SayHello")).rejects.toThrow("refused with HTTP 503");
    answer.resolve({ message: "in time" });
    await unary.next();
    expect((await unary.next()).toString()).toContain("in time");
    expect((await unary.closed).code).toBe(1000);
  });
});
