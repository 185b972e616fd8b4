import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { callHeaders } from "@triptych/testkit/http2/call-headers.ts";
import { frame } from "@triptych/testkit/http2/http2-frames.ts";
import { openRawConnection, type RawConnection } from "@triptych/testkit/http2/raw-connection.ts";
import { describe, expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

const TIMEOUT = { timeout: 5_000, interval: 10 };
const CHECK = "/grpc.health.v1.Health/Check";
const PROTOCOL_ERROR = 1;
const EMPTY_MESSAGE = Buffer.alloc(5);

describe("a malformed request over HTTP/2", () => {
  const server = useServer();

  /** Shows that a stream is reset as malformed (RFC 9113, 8.1.1), and that a call beside it on the same connection is answered. */
  async function expectStreamError(connection: RawConnection): Promise<void> {
    const resetOf = (stream: number) =>
      connection.received
        .find((read) => read.type === FrameType.rstStream && read.stream === stream)
        ?.payload.readUInt32BE();
    await expect.poll(() => resetOf(1), TIMEOUT).toBe(PROTOCOL_ERROR);
    await connection.send(
      frame(FrameType.headers, FrameFlag.endHeaders, 3, callHeaders(CHECK)),
      frame(FrameType.data, FrameFlag.endStream, 3, EMPTY_MESSAGE),
    );
    const isAnswered = () =>
      connection.received.some(
        ({ stream, flags, type }) => stream === 3 && type === FrameType.headers && (flags & FrameFlag.endStream) !== 0,
      );
    await expect.poll(isAnswered, TIMEOUT).toBe(true);
    expect(connection.goAway()).toBeUndefined();
  }

  // RFC 9113, 8.1.1.
  it.each([
    ["longer", Buffer.alloc(20)],
    ["shorter", Buffer.alloc(3)],
  ])("whose body is %s than its content-length is reset alone", async (_how, body) => {
    using connection = await openRawConnection(server.port);
    const headers = callHeaders(CHECK, [["content-length", "5"]]);
    await connection.send(
      frame(FrameType.headers, FrameFlag.endHeaders, 1, headers),
      frame(FrameType.data, FrameFlag.endStream, 1, body),
    );
    await expectStreamError(connection);
  });

  // RFC 9113, 8.2.1.
  it.each([
    ["a space in a name", "a name", "value"],
    ["a colon in a name", "a:name", "value"],
    ["an upper-case letter in a name", "Name", "value"],
    ["a control character in a name", "na\u0001me", "value"],
    ["no name", "", "value"],
    ["NUL in a value", "name", "a\0b"],
    ["CR in a value", "name", "a\rb"],
    ["LF in a value", "name", "a\nb"],
    ["a space before a value", "name", " value"],
    ["a space behind a value", "name", "value "],
  ])("with %s is reset alone", async (_what, name, value) => {
    using connection = await openRawConnection(server.port);
    await connection.send(
      frame(FrameType.headers, FrameFlag.endHeaders, 1, callHeaders(CHECK, [[name, value]])),
      frame(FrameType.data, FrameFlag.endStream, 1, EMPTY_MESSAGE),
    );
    await expectStreamError(connection);
  });
});
