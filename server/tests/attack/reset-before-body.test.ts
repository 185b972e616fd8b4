import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { block, frame, numberFrame } from "@triptych/testkit/http2/http2-frames.ts";
import { openRawConnection } from "@triptych/testkit/http2/raw-connection.ts";
import { envelope } from "@triptych/testkit/raw/envelope.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, expect, it } from "vitest";
import { serveGreeter } from "../serve-greeter.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };
const CANCEL = 8;
const PATH = "/triptych.greeter.v1.GreeterService";
const ADA = Buffer.from([0x0a, 3, 0x41, 0x64, 0x61]);

let served: ServedRoutes | undefined;
afterEach(() => served?.close());

const callOf = (method: string, type: string) =>
  block([
    [":method", "POST"],
    [":scheme", "http"],
    [":path", `${PATH}/${method}`],
    [":authority", "localhost"],
    ["content-type", `application/${type}`],
    ["te", "trailers"],
  ]);

// RFC 9113, 8.1: what a client resets before its end is no whole request, and a call without its message is none.
it.each([
  ["unary", "SayHello", "grpc", envelope(ADA)],
  ["server streaming", "StreamGreetings", "grpc", envelope(ADA)],
  ["unary", "SayHello", "grpc-web+proto", envelope(ADA)],
  ["server streaming", "StreamGreetings", "grpc-web+proto", envelope(ADA)],
  ["unary", "SayHello", "proto", ADA],
  ["server streaming", "StreamGreetings", "connect+proto", envelope(ADA)],
])(
  "a call (%s, %s, application/%s) that is reset before its message never runs its handler",
  async (_kind, method, type, body) => {
    let begun = 0;
    served = await serveGreeter({
      sayHello() {
        begun += 1;
        return {};
      },
      async *streamGreetings() {
        begun += 1;
        yield {};
      },
    });
    using client = await openRawConnection(served.port);
    const open = (stream: number) => frame(FrameType.headers, FrameFlag.endHeaders, stream, callOf(method, type));
    await client.send(
      open(1),
      frame(FrameType.data, 0, 1, body.subarray(0, 4)),
      numberFrame(FrameType.rstStream, 1, CANCEL),
      open(3),
      frame(FrameType.data, FrameFlag.endStream, 3, body),
    );
    const isAnswered = () =>
      client.received.some(({ stream, flags }) => stream === 3 && (flags & FrameFlag.endStream) !== 0);
    await expect.poll(isAnswered, TIMEOUT).toBe(true);
    expect(begun).toBe(1);
  },
);
