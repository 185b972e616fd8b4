import { openSocket } from "@triptych/testkit/clients/raw-socket.ts";
import { type CallStyle, createRawClient, STYLES } from "@triptych/testkit/raw/call-style.ts";
import { envelope } from "@triptych/testkit/raw/envelope.ts";
import { readAnswer } from "@triptych/testkit/raw/read-answer.ts";
import { type ServedRoutes, serveRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { encodeFrame } from "@triptych/wire/call-frames.ts";
import { CALL_PATH, CALL_PROTOCOL } from "@triptych/wire/call-protocol.ts";
import { afterEach, describe, expect, it } from "vitest";
import { type Kind, METHODS, requestOf } from "../conformance/conformance-server.ts";
import { createJournal } from "../scripted/journal.ts";
import { scriptedRoute } from "../scripted/scripted-service.ts";

const TIMEOUT = { timeout: 5_000, interval: 10 };
const MAX_BUFFERED_BYTES = 90_000;
const HALF_BYTES = 59_997;

let served: ServedRoutes | undefined;

async function serve(): Promise<ServedRoutes> {
  served = await serveRoutes([scriptedRoute(createJournal())], { maxBufferedBytes: MAX_BUFFERED_BYTES });
  return served;
}

afterEach(async () => {
  await expect.poll(() => served?.rpc.messages.bufferedBytes, TIMEOUT).toBe(0);
  await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(0);
  await served?.close();
});

/** The beginning of a message that is longer. */
function half({ protocol }: CallStyle, kind: Kind): Buffer {
  const head = protocol === "connect" && kind === "unary" ? Buffer.alloc(0) : envelope(Buffer.alloc(0), 0, 65_000);
  const bytes = Buffer.concat([head, Buffer.alloc(HALF_BYTES)]).subarray(0, HALF_BYTES);
  return protocol === "grpc-web-text" ? Buffer.from(bytes.toString("base64")) : bytes;
}

describe.each(STYLES)("half messages over $protocol with $codec and $http", (style) => {
  const kinds: readonly Kind[] = ["unary", "server-stream", "client-stream", "bidi-stream"];

  it.each(style.http === "HTTP/1.1" ? kinds.filter((kind) => kind !== "bidi-stream") : kinds)(
    "of %s cost the oldest its place when all hold too much, and none holds anything once its client has left",
    async (kind) => {
      const { port, rpc } = await serve();
      const request = { ...requestOf(style, kind, [{}]), chunks: [half(style, kind)], open: true };
      const [client, other] = [createRawClient(style, port), createRawClient(style, port)];
      const first = client.send(request);
      await expect.poll(() => rpc.messages.bufferedBytes, TIMEOUT).toBeGreaterThanOrEqual(HALF_BYTES - 5);
      const second = other.send(request);
      const answer = readAnswer(style.protocol, kind !== "unary", await first);
      expect(answer).toMatchObject({ code: "resource_exhausted", message: expect.stringContaining("90000 bytes") });
      expect(rpc.messages.tooManyBytes).toBe(1);
      client[Symbol.dispose]();
      other[Symbol.dispose]();
      expect((await second).status).toBe(0);
    },
  );
});

describe("half messages over a WebSocket of many calls", () => {
  it.each(["unary", "server-stream", "client-stream", "bidi-stream"] as const)(
    "of %s are refused when all hold too much, and none holds anything once its client has left",
    async (kind) => {
      const { baseUrl, rpc } = await serve();
      const { socket, send } = await openSocket(baseUrl, CALL_PATH, CALL_PROTOCOL);
      const path = `/triptych.testing.v1.ScriptService/${METHODS[kind]}`;
      const bytes = Buffer.concat([envelope(Buffer.alloc(0), 0, 65_000), Buffer.alloc(HALF_BYTES)]);
      for (const stream of [1, 2]) {
        send(encodeFrame({ type: "open", stream, path, metadata: new Headers() }));
        for (let at = 0; at < HALF_BYTES; at += 16_384) {
          send(encodeFrame({ type: "data", stream, bytes: bytes.subarray(at, Math.min(at + 16_384, HALF_BYTES)) }));
        }
      }
      await expect.poll(() => rpc.messages.tooManyBytes, TIMEOUT).toBe(1);
      expect(rpc.messages.bufferedBytes).toBeLessThanOrEqual(MAX_BUFFERED_BYTES);
      socket.terminate();
    },
  );
});
