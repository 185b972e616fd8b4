import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { callHeaders } from "@triptych/testkit/http2/call-headers.ts";
import { frame } from "@triptych/testkit/http2/http2-frames.ts";
import { openRawConnection } from "@triptych/testkit/http2/raw-connection.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import { serveGreeter } from "../serve-greeter.ts";

const TIMEOUT = { timeout: 10_000, interval: 10 };
const WATCH = "/triptych.greeter.v1.GreeterService/WatchGreetings";
const INITIAL_WINDOW_SIZE = 4;
/** 16 kB that no compression makes smaller than three quarters of that. */
const noise = randomBytes(12_288).toString("base64");
/** How many messages of that size the server may make for a client that takes nothing: what its buffers hold. */
const MOST_MESSAGES = 20;

let served: ServedRoutes | undefined;
afterEach(() => served?.close());

it.each([
  ["directly", []],
  ["by the library", [["grpc-encoding", "gzip"]]],
] as const)(
  "a stream that nobody reads, served %s, is held no longer than its deadline, with few messages",
  async (_by, more) => {
    let made = 0;
    served = await serveGreeter({
      async *watchGreetings() {
        for (;;) {
          made += 1;
          yield { update: { case: "greeting", value: { name: noise } } };
        }
      },
    });
    const { rpc, port } = served;
    using client = await openRawConnection(port, { settings: [[INITIAL_WINDOW_SIZE, 0]] });
    await client.send(
      frame(FrameType.headers, FrameFlag.endHeaders, 1, callHeaders(WATCH, [["grpc-timeout", "300m"], ...more])),
      frame(FrameType.data, FrameFlag.endStream, 1, Buffer.alloc(5)),
    );
    await expect.poll(() => made, TIMEOUT).toBeGreaterThan(0);
    await expect.poll(() => rpc.running.count, TIMEOUT).toBe(0);
    expect(made).toBeLessThan(MOST_MESSAGES);
    expect(client.isClosed).toBe(false);
  },
);

it("a response over HTTP/1.1 that nobody reads is given up when it has waited for as long as its size allows", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const message = "x".repeat(16_000_000);
  served = await serveGreeter({ sayHello: () => ({ message }) });
  const { port, held } = served;
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  const head =
    "POST /triptych.greeter.v1.GreeterService/SayHello HTTP/1.1\r\nhost: a\r\ncontent-type: application/json";
  socket.write(`${head}\r\ncontent-length: 2\r\n\r\n{}`);
  await expect.poll(() => held(), TIMEOUT).toMatchObject({ calls: 1, handlers: 0 });
  vi.advanceTimersByTime(31_000);
  expect(held()).toMatchObject({ calls: 1, connections: 1 });
  vi.advanceTimersByTime(message.length);
  await expect.poll(() => held(), TIMEOUT).toMatchObject({ calls: 0, connections: 0 });
  socket.destroy();
});
