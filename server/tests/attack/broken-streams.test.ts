import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { callHeaders } from "@triptych/testkit/http2/call-headers.ts";
import { frame, numberFrame } from "@triptych/testkit/http2/http2-frames.ts";
import { openRawConnection } from "@triptych/testkit/http2/raw-connection.ts";
import { afterEach, describe, expect, it } from "vitest";
import { useServer } from "../../src/testing/use-server.ts";

const TIMEOUT = { timeout: 5_000, interval: 10 };
const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
const CONVERSE = "/triptych.greeter.v1.GreeterService/Converse";
const PAGE = "/";
const CANCEL = 8;

const server = useServer();

afterEach(async () => {
  // Everything that counts comes back, and the server is there.
  await expect.poll(() => server.server.openConnections(), TIMEOUT).toBe(0);
  await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(0);
  expect(await server.readMetric("rpc_calls_open")).toBe(0);
});

describe("a stream whose client waits for leave to send its body", () => {
  it.each([SAY_HELLO, CONVERSE, PAGE])("at %s may be reset in the packet that opens it", async (path) => {
    using connection = await openRawConnection(server.port);
    const headers = callHeaders(path, [["expect", "100-continue"]]);
    await connection.send(
      frame(FrameType.headers, FrameFlag.endHeaders, 1, headers),
      numberFrame(FrameType.rstStream, 1, CANCEL),
      frame(FrameType.ping, 0, 0, Buffer.alloc(8)),
    );
    await expect.poll(() => connection.count(FrameType.ping), TIMEOUT).toBe(1);
    expect(connection.goAway()).toBeUndefined();
  });

  it.each([SAY_HELLO, CONVERSE, "/grpc.health.v1.Health/Watch"])("at %s gets it at once", async (path) => {
    const session = connectHttp2(server.baseUrl);
    const headers = { "content-type": "application/grpc", te: "trailers", expect: "100-continue" };
    const stream = session.request({ ":method": "POST", ":path": path, ...headers }, { endStream: false });
    let interim = 0;
    stream.on("continue", () => {
      interim += 1;
      stream.end(path === CONVERSE ? undefined : Buffer.alloc(5));
    });
    await once(stream, "response");
    expect(interim).toBe(1);
    stream.on("error", () => undefined).close(CANCEL);
    session.close();
    await once(session, "close");
  });

  it("at a path of nothing gets a final answer at least", async () => {
    const session = connectHttp2(server.baseUrl);
    const stream = session.request({ ":method": "POST", ":path": "/", expect: "100-continue" }, { endStream: false });
    const [answer] = await once(stream.resume(), "response");
    expect(answer[":status"]).toBeGreaterThanOrEqual(400);
    session.destroy();
  });
});

describe("a connection that breaks the protocol after its GOAWAY", () => {
  const goAway = frame(FrameType.goAway, 0, 0, Buffer.alloc(8));

  it.each([
    ["DATA on no stream", frame(FrameType.data, 0, 0, Buffer.from("x"))],
    ["CONTINUATION of nothing", frame(FrameType.continuation, 0, 5, Buffer.from("x"))],
    ["headers that cannot be read", frame(FrameType.headers, FrameFlag.endHeaders, 3, Buffer.from([0xff, 0xff, 0xff]))],
    ["a window that overflows", numberFrame(FrameType.windowUpdate, 0, 0x7fff_ffff)],
  ])("by %s counts no longer than its socket", async (_how, broken) => {
    const connection = await openRawConnection(server.port);
    await connection.send(frame(FrameType.headers, FrameFlag.endHeaders, 1, callHeaders(CONVERSE)));
    await expect.poll(() => server.server.runningHandlers(), TIMEOUT).toBe(1);
    await connection.send(goAway, broken);
    await expect.poll(() => connection.goAway(), TIMEOUT).toBeDefined();
    connection[Symbol.dispose]();
  });
});
