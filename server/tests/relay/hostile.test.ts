import type { Socket } from "node:net";
import { Code } from "@connectrpc/connect";
import { FrameFlag } from "@triptych/rpc/http2/frame.ts";
import { block, data, frame, goAway, requestFields, rstStream } from "@triptych/testkit/http2/http2-frames.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { useServer } from "../../src/testing/use-server.ts";
import { type HostileTarget, responseHeaders, startHostileTarget } from "./hostile-target.ts";
import { type Relayed, relayCall } from "./relayed-call.ts";

let target: HostileTarget;
/** What comes to the headers of the next calls. */
let answer: (stream: number, socket: Socket) => void;

beforeAll(async () => {
  target = await startHostileTarget((stream, socket) => answer(stream, socket));
});
afterAll(() => target.close());

const relay = useServer(async () => ({ EXPLORER_TARGETS: target.address }));

const call = (options = {}): Promise<Relayed> =>
  relayCall(relay.baseUrl, { target: `grpc://${target.address}`, method: "a.B/C" }, [], options);

const OK = [
  [":status", "200"],
  ["content-type", "application/grpc"],
] as const;
const withStatus = (fields: readonly (readonly [string, string])[]) => (stream: number, socket: Socket) =>
  socket.write(responseHeaders(stream, [...OK, ...fields], true));

it("ends its connection with each call, also to a server that never closes its end", async () => {
  answer = withStatus([["grpc-status", "0"]]);
  for (let count = 0; count < 5; count += 1) expect((await call()).status).toMatchObject({ code: 0 });
  await vi.waitFor(() => expect(target.connections()).toBe(0));
});

it.each<[what: string, code: Code, answer: (stream: number, socket: Socket) => void]>([
  ["that pushes", Code.Unavailable, (_stream, socket) => socket.write(Buffer.concat([push(2), rstStream(2, 2)]))],
  ["that ends the call without a word", Code.Unavailable, (stream, socket) => socket.write(rstStream(stream, 0))],
  ["that refuses the call", Code.Unavailable, (stream, socket) => socket.write(rstStream(stream, 7))],
  ["that goes away with an error", Code.Unavailable, (_stream, socket) => socket.write(goAway(2))],
  ["that cuts the connection", Code.Unavailable, (_stream, socket) => socket.destroy()],
  ["that resets the connection", Code.Unavailable, (_stream, socket) => socket.resetAndDestroy()],
  ["that says what is no HTTP/2", Code.Unavailable, (_stream, socket) => socket.write("HTTP/1.1 200 OK\r\n\r\n")],
  ["that speaks no gRPC", Code.Unknown, (stream, socket) => socket.write(responseHeaders(stream, [OK[0]], true))],
  ["that sends no status", Code.Unknown, withStatus([])],
  ["with a status that is none", Code.Unknown, withStatus([["grpc-status", "99999999999"]])],
  [
    "whose details say that all is well",
    Code.InvalidArgument,
    withStatus([
      ["grpc-status", "3"],
      ["grpc-status-details-bin", "CAA"],
    ]),
  ],
  [
    "whose message is encoded wrongly",
    Code.NotFound,
    withStatus([
      ["grpc-status", "5"],
      ["grpc-message", "100 %"],
    ]),
  ],
  [
    "that compresses unasked",
    Code.Internal,
    (stream, socket) => {
      socket.write(responseHeaders(stream, OK, false));
      socket.write(data(stream, Buffer.of(1, 0, 0, 0, 0)));
    },
  ],
  [
    "whose message is larger than any may be",
    Code.ResourceExhausted,
    (stream, socket) => {
      socket.write(responseHeaders(stream, OK, false));
      socket.write(data(stream, Buffer.of(0, 0xff, 0xff, 0xff, 0xff)));
    },
  ],
])("says what comes of a call to a server %s", async (_what, code, answered) => {
  answer = answered;
  expect((await call()).status).toMatchObject({ code });
  await vi.waitFor(() => expect(target.connections()).toBe(0));
});

it("leaves nothing of calls that were given up while the server said nothing", async () => {
  answer = () => undefined;
  const calls = Array.from({ length: 20 }, () => call({ timeoutMs: 200 }).catch(() => undefined));
  await Promise.all(calls);
  await relay.expectNothingHeld();
  await vi.waitFor(() => expect(target.connections()).toBe(0));
});

/** PUSH_PROMISE, on the first stream. */
function push(promised: number): Buffer {
  const id = Buffer.alloc(4);
  id.writeUInt32BE(promised);
  return frame(5, FrameFlag.endHeaders, 1, Buffer.concat([id, block(requestFields([], "GET"))]));
}
