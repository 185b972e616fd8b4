import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { callHeaders } from "@triptych/testkit/http2/call-headers.ts";
import { block, frame } from "@triptych/testkit/http2/http2-frames.ts";
import { openRawConnection } from "@triptych/testkit/http2/raw-connection.ts";
import { afterEach, expect, it } from "vitest";
import { startServer } from "../../src/testing/start-server.ts";
import { usedMemory } from "../used-memory.ts";

const TIMEOUT = { timeout: 5_000, interval: 10 };
const INITIAL_WINDOW_SIZE = 4;
/** As many as a client may send on a stream before the server has read any of them. */
const PIECES = 250_000;
/** What the server may take for them, in MiB: kept by themselves they take more than 25. */
const MOST_MEMORY = 6;

const page = block([
  [":method", "GET"],
  [":scheme", "http"],
  [":path", "/metrics"],
  [":authority", "localhost"],
]);

let started: Awaited<ReturnType<typeof startServer>> | undefined;
afterEach(() => started?.close());

/** A message of 4,000,000 bytes, of which only the length has come. */
const begun = Buffer.of(0, 0, 0x3d, 0x09, 0x00);

it.each([
  ["the message of a call", callHeaders("/triptych.greeter.v1.GreeterService/SayHello"), begun],
  ["a message of a stream", callHeaders("/triptych.greeter.v1.GreeterService/GreetGroup"), begun],
  ["the body of a page whose client does not take it", page, Buffer.alloc(0)],
])("%s takes little more memory than it has bytes, in however small pieces it comes", async (_what, headers, begin) => {
  started = await startServer();
  using client = await openRawConnection(started.port, { settings: [[INITIAL_WINDOW_SIZE, 0]] });
  await client.send(frame(FrameType.headers, FrameFlag.endHeaders, 1, headers), frame(FrameType.data, 0, 1, begin));
  const pieces = Buffer.alloc(10 * PIECES, frame(FrameType.data, 0, 1, Buffer.of(10)));
  const before = await usedMemory();
  await client.send(pieces);
  // Answered in turn: then all before it has been read.
  await client.send(frame(FrameType.ping, 0, 0, Buffer.alloc(8)));
  await expect.poll(() => client.count(FrameType.ping), TIMEOUT).toBe(1);
  await expect.poll(async () => (await usedMemory()) - before, TIMEOUT).toBeLessThan(MOST_MEMORY);
  expect(client.isClosed).toBe(false);
  expect(client.count(FrameType.rstStream)).toBe(0);
});
