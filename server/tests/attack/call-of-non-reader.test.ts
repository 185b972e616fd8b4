import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { callHeaders } from "@triptych/testkit/http2/call-headers.ts";
import { frame } from "@triptych/testkit/http2/http2-frames.ts";
import { openRawConnection } from "@triptych/testkit/http2/raw-connection.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, expect, it, vi } from "vitest";
import { serveGreeter } from "../serve-greeter.ts";

const TIMEOUT = { timeout: 8_000, interval: 10 };
const WATCH = "/triptych.greeter.v1.GreeterService/WatchGreetings";
const INITIAL_WINDOW_SIZE = 4;
const noise = randomBytes(12_288).toString("base64");

/** More than the buffers of the system take. */
const LARGE_BYTES = 8_388_608;

let served: ServedRoutes | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await served?.close();
});

async function serveEndless(): Promise<ServedRoutes> {
  served = await serveGreeter({
    async *watchGreetings() {
      for (;;) yield { update: { case: "greeting", value: { name: noise } } };
    },
  });
  return served;
}

it("a call over HTTP/2 whose client never reads is over at its deadline, not only its handler", async () => {
  const { port, held } = await serveEndless();
  using client = await openRawConnection(port, { settings: [[INITIAL_WINDOW_SIZE, 0]] });
  await client.send(
    frame(FrameType.headers, FrameFlag.endHeaders, 1, callHeaders(WATCH, [["grpc-timeout", "300m"]])),
    frame(FrameType.data, FrameFlag.endStream, 1, Buffer.alloc(5)),
  );
  await expect.poll(() => client.count(FrameType.headers), TIMEOUT).toBeGreaterThan(0);
  await expect.poll(() => held().calls, TIMEOUT).toBe(0);
  expect(client.isClosed).toBe(false);
});

it("a call over HTTP/1.1 whose client never reads is over at its deadline, not only its handler", async () => {
  const { port, held } = await serveEndless();
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  const head = `POST ${WATCH} HTTP/1.1\r\nhost: a\r\ncontent-type: application/grpc-web+proto\r\ngrpc-timeout: 300m`;
  socket.write(`${head}\r\ncontent-length: 5\r\n\r\n\0\0\0\0\0`);
  await once(socket, "readable");
  await expect.poll(() => held().calls, TIMEOUT).toBe(0);
  socket.destroy();
});

it("a call over HTTP/1.1 whose client never reads is cut 30 s after its response is ready, and a second later for each KiB", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  served = await serveGreeter({ sayHello: () => ({ message: "a".repeat(LARGE_BYTES) }) });
  const { port, held } = served;
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  const path = "/triptych.greeter.v1.GreeterService/SayHello";
  socket.write(`POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-type: application/proto\r\ncontent-length: 0\r\n\r\n`);
  await once(socket, "readable");
  vi.advanceTimersByTime(30_000 + (LARGE_BYTES / 1_024) * 1_000);
  await new Promise((resolve) => setImmediate(resolve));
  expect(held()).toMatchObject({ calls: 1, connections: 1 });
  // Its headers take less than a KiB; calls are swept once a second.
  vi.advanceTimersByTime(2_000);
  await expect.poll(() => held(), TIMEOUT).toMatchObject({ calls: 0, connections: 0 });
  socket.destroy();
});

it.each(["grpc-web+proto", "grpc-web-text"])(
  "a call over HTTP/1.1 as application/%s whose client leaves while its answer is backed up leaves no handler",
  async (type) => {
    const { port, held } = await serveEndless();
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    const body = type === "grpc-web-text" ? "AAAAAAA=" : "\0\0\0\0\0";
    socket.write(
      `POST ${WATCH} HTTP/1.1\r\nhost: a\r\ncontent-type: application/${type}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await once(socket, "readable");
    expect(held().handlers).toBe(1);
    socket.destroy();
    await expect.poll(() => held(), TIMEOUT).toMatchObject({ handlers: 0, calls: 0, connections: 0 });
  },
);

it("a call in text mode over HTTP/2 whose client leaves while its answer is backed up leaves no handler", async () => {
  const { port, held } = await serveEndless();
  const session = connectHttp2(`http://127.0.0.1:${port}`, { settings: { initialWindowSize: 10 } });
  const type = { "content-type": "application/grpc-web-text" };
  const stream = session.request({ ":method": "POST", ":path": WATCH, ...type }).on("error", () => undefined);
  stream.end("AAAAAAA=");
  await once(stream, "readable");
  expect(held().handlers).toBe(1);
  session.destroy();
  await expect.poll(() => held(), TIMEOUT).toMatchObject({ handlers: 0, calls: 0, connections: 0 });
});
