import { createClient } from "@connectrpc/connect";
import { Health } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { openSocket } from "@triptych/testkit/clients/raw-socket.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { callHeaders } from "@triptych/testkit/http2/call-headers.ts";
import { frame, numberFrame } from "@triptych/testkit/http2/http2-frames.ts";
import { openRawConnection } from "@triptych/testkit/http2/raw-connection.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { encodeFrame } from "@triptych/wire/call-frames.ts";
import { afterEach, describe, expect, it } from "vitest";
import { refusalOf } from "../../src/testing/refusal.ts";
import { useServer } from "../../src/testing/use-server.ts";
import { serveGreeter } from "../serve-greeter.ts";

const TIMEOUT = { timeout: 10_000, interval: 10 };
const WATCH = "/triptych.greeter.v1.GreeterService/WatchGreetings";
const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
const LIMIT = 3;
const CANCEL = 8;

describe("a server with as many calls in flight as it takes", () => {
  const server = useServer({ MAX_CALLS_IN_FLIGHT: String(LIMIT) });

  /** Fills the server while `then` runs. */
  async function whileFull(then: () => Promise<void>): Promise<void> {
    const greeter = createClient(GreeterService, createTransport("grpc", server.baseUrl));
    const streams = Array.from({ length: LIMIT }, () => openStream((options) => greeter.watchGreetings({}, options)));
    await Promise.all(streams.map((stream) => stream.next()));
    try {
      await then();
    } finally {
      for (const stream of streams) await stream[Symbol.asyncDispose]();
      await expect.poll(() => server.readMetric("rpc_calls_open"), TIMEOUT).toBe(0);
    }
  }

  it.each(CALL_STYLES)("refuses unary calls and streams over %s, and counts them", async (style) => {
    const refused = () => server.readMetric("rpc_calls_refused_total", { reason: "calls_in_flight" });
    const greeter = createClient(GreeterService, createTransport(style, server.baseUrl));
    const before = await refused();
    await whileFull(async () => {
      expect(await server.readMetric("rpc_calls_open")).toBe(LIMIT);
      expect(await refusalOf(greeter.sayHello({ name: "Ada" }))).toMatchObject({ code: "ResourceExhausted" });
      expect(await refusalOf(greeter.watchGreetings({}))).toMatchObject({ code: "ResourceExhausted" });
    });
    expect(await refused()).toBe(before + 2);
    expect((await greeter.sayHello({ name: "Ada" })).message).toBe("Hello, Ada!");
  });

  it("refuses calls over a WebSocket of its own", async () => {
    await whileFull(async () => {
      const client = await openSocket(server.baseUrl, WATCH, "grpc-websockets");
      client.send(Buffer.from("a: b\r\n"));
      expect((await client.rest()).at(-1)?.toString()).toContain("grpc-status: 8");
    });
  });

  it("refuses calls over a WebSocket that carries many", async () => {
    await whileFull(async () => {
      const client = await openSocket(server.baseUrl, "/calls", "triptych-calls.v1");
      client.send(encodeFrame({ type: "open", stream: 1, path: WATCH, metadata: new Headers() }));
      expect((await client.next()).toString()).toContain("grpc-status: 8");
      client.socket.close();
      await client.closed;
    });
  });

  it("answers health checks all the same", async () => {
    await whileFull(async () => {
      const health = createClient(Health, createTransport("grpc", server.baseUrl));
      expect((await health.check({})).status).toBe(1);
    });
  });
});

describe("handlers whose client has left", () => {
  let served: ServedRoutes | undefined;
  afterEach(() => served?.close());

  it("count as long as they run, so that resetting calls frees nothing", async () => {
    const go = Promise.withResolvers<void>();
    served = await serveGreeter(
      {
        async sayHello() {
          await go.promise;
          return {};
        },
      },
      { maxCallsInFlight: LIMIT },
    );
    const { port, rpc, baseUrl } = served;
    using attacker = await openRawConnection(port);
    const call = (stream: number) => [
      frame(FrameType.headers, FrameFlag.endHeaders, stream, callHeaders(SAY_HELLO)),
      frame(FrameType.data, FrameFlag.endStream, stream, Buffer.alloc(5)),
    ];
    const first = Array.from({ length: LIMIT }, (_, index) => 2 * index + 1);
    await attacker.send(...first.flatMap(call));
    await expect.poll(() => rpc.running.count, TIMEOUT).toBe(LIMIT);
    await attacker.send(...first.map((stream) => numberFrame(FrameType.rstStream, stream, CANCEL)));
    const more = Array.from({ length: 20 }, (_, index) => 2 * (LIMIT + index) + 1);
    await attacker.send(...more.flatMap(call));
    await expect.poll(() => attacker.count(FrameType.headers), TIMEOUT).toBe(more.length);
    expect(rpc.running.count).toBe(LIMIT);
    const greeter = createClient(GreeterService, createTransport("grpc", baseUrl));
    expect(await refusalOf(greeter.sayHello({}))).toMatchObject({ code: "ResourceExhausted" });
    go.resolve();
    await expect.poll(() => rpc.calls.count, TIMEOUT).toBe(0);
    expect(await greeter.sayHello({})).toMatchObject({ message: "" });
  });
});
