import { randomBytes } from "node:crypto";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { frame } from "@triptych/rpc/testing/http2-frames.ts";
import { afterEach, expect, it } from "vitest";
import type { ServedRoutes } from "../../src/testing/serve-routes.ts";
import { serveGreeter } from "../serve-greeter.ts";
import { callHeaders } from "./call-headers.ts";
import { openRawConnection } from "./raw-connection.ts";

const PATIENCE = { timeout: 10_000, interval: 10 };
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
    await expect.poll(() => made, PATIENCE).toBeGreaterThan(0);
    await expect.poll(() => rpc.running.count, PATIENCE).toBe(0);
    expect(made).toBeLessThan(MOST_MESSAGES);
    expect(client.isClosed).toBe(false);
  },
);
