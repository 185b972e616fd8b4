import { once } from "node:events";
import { request } from "node:http";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { sendBody } from "@triptych/rpc/port/send-body.ts";
import { block, frame } from "@triptych/testkit/http2/http2-frames.ts";
import { openRawConnection, type RawConnection } from "@triptych/testkit/http2/raw-connection.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { useServer } from "../../src/testing/use-server.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };
const INITIAL_WINDOW_SIZE = 4;
const SHARE = 3;
/** More than the engine of HTTP/2 takes over of a response whose client takes nothing. */
const PAGE = Buffer.alloc(262_144, "page ");

const server = useServer(
  { MAX_ANSWERS_PER_ADDRESS: String(SHARE) },
  { pages: (_request, response) => sendBody(response, PAGE) },
);

const getPage = block([
  [":method", "GET"],
  [":scheme", "http"],
  [":path", "/"],
  [":authority", "localhost"],
]);

/** The status of what is asked for from an address of the loopback. */
async function statusFrom(localAddress: string, path: string): Promise<number> {
  const asked = request({ host: "127.0.0.1", port: server.port, path, localAddress, agent: false }).end();
  const [response] = await once(asked, "response");
  await response.resume().toArray();
  return response.statusCode;
}

describe("an address that takes nothing of as many pages as it may have open", () => {
  let client: RawConnection;

  beforeEach(async () => {
    client = await openRawConnection(server.port, { settings: [[INITIAL_WINDOW_SIZE, 0]] });
    const flags = FrameFlag.endHeaders | FrameFlag.endStream;
    const streams = Array.from({ length: SHARE }, (_, index) => 2 * index + 1);
    await client.send(...streams.map((stream) => frame(FrameType.headers, flags, stream, getPage)));
    await expect.poll(() => client.count(FrameType.headers), TIMEOUT).toBe(SHARE);
  });

  afterEach(async () => {
    client[Symbol.dispose]();
    await server.expectNothingHeld();
  });

  it("is refused the next page and metrics, which is counted, and others are not", async () => {
    expect(await statusFrom("127.0.0.1", "/")).toBe(503);
    expect(await statusFrom("127.0.0.1", "/metrics")).toBe(503);
    expect(await statusFrom("127.0.0.2", "/")).toBe(200);
    expect(await statusFrom("127.0.0.2", "/metrics")).toBe(200);
    client[Symbol.dispose]();
    await server.expectNothingHeld();
    expect(await server.readMetric("answers_refused_total", { reason: "address" })).toBe(2);
    expect(await server.readMetric("answers_refused_total", { reason: "answers" })).toBe(0);
  });

  it.each(["/healthz", "/readyz"])("is told the health by %s", async (path) => {
    expect(await statusFrom("127.0.0.1", path)).toBe(200);
  });
});
