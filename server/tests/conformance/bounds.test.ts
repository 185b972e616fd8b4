import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { constants, deflateRawSync } from "node:zlib";
import { encodingHeaderOf } from "@triptych/testkit/raw/call-protocol.ts";
import { STYLES } from "@triptych/testkit/raw/call-style.ts";
import { envelope } from "@triptych/testkit/raw/envelope.ts";
import { openStream } from "@triptych/testkit/raw/http2-client.ts";
import type { RawRequest } from "@triptych/testkit/raw/raw-call.ts";
import { afterEach, describe, expect, it } from "vitest";
import { requestOf, useConformanceServer } from "./conformance-server.ts";
import { report, waitForEver } from "./steps.ts";

const MIB = 1_048_576;
const FOUR_GIB = 2 ** 32 - 1;
/** How much more memory a test may take at its worst: far from what its requests claim to need. */
const MOST_GROWTH_MIB = 150;

/** A gzip of 500 MiB of zeros in half a MiB: the same MiB again and again. It has no end, which nobody should get to. */
function decompressionBomb(): Buffer {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
  const oneMib = deflateRawSync(Buffer.alloc(MIB), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([header, ...Array.from({ length: 500 }, () => oneMib)]);
}

/** The most memory that this process has had so far, in MiB. */
function mostMemory(): number {
  return process.resourceUsage().maxRSS / 1_024;
}

describe.each(STYLES)("over $protocol with $codec and $http", (style) => {
  const server = useConformanceServer(style);
  const isText = style.protocol === "grpc-web-text";
  const isConnect = style.protocol === "connect";
  const encode = (bytes: Buffer) => (isText ? Buffer.from(bytes.toString("base64")) : bytes);
  const kinds = ["unary", "server-stream"] as const;

  afterEach(async () => {
    server.journal.letGo();
    await expect.poll(() => server.running).toBe(0);
  });

  it.each(kinds)("eight %s calls that claim 4 GiB are refused at once, and cost nothing", async (kind) => {
    const before = mostMemory();
    const bare = isConnect && kind === "unary";
    const claim = (plain: RawRequest): RawRequest => ({
      ...plain,
      headers: bare ? [...plain.headers, ["content-length", String(FOUR_GIB)]] : plain.headers,
      chunks: [bare ? Buffer.from("{}") : encode(envelope(Buffer.alloc(4), 0, FOUR_GIB))],
      open: true,
    });
    const calls = Array.from({ length: 8 }, () => server.call(kind, [], { request: claim }));
    const codes = (await Promise.all(calls)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(["resource_exhausted"]));
    expect(mostMemory() - before).toBeLessThan(MOST_GROWTH_MIB);
  });

  it.each(kinds)("a %s call with a decompression bomb is refused before it has gone off", async (kind) => {
    const bomb = decompressionBomb();
    // The bomb itself is larger than the limit of a message here, so only its beginning is sent: 100 MiB.
    const sent = bomb.subarray(0, bomb.length / 10);
    const before = mostMemory();
    const bare = isConnect && kind === "unary";
    const reply = await server.call(kind, [], {
      headers: [[encodingHeaderOf(style.protocol, kind !== "unary"), "gzip"]],
      request: (plain) => ({ ...plain, chunks: [bare ? sent : encode(envelope(sent, 1))] }),
    });
    expect(reply.code).toBe("resource_exhausted");
    expect(mostMemory() - before).toBeLessThan(MOST_GROWTH_MIB);
  });

  it.each(kinds)("a deadline of a %s call that no timer can hold does not pass", async (kind) => {
    const timeout = isConnect
      ? (["connect-timeout-ms", "9999999999"] as const)
      : (["grpc-timeout", "99999999H"] as const);
    const reply = await server.call(kind, [{ steps: [report] }], { headers: [timeout] });
    expect(reply.code).toBe("ok");
    expect(Number.parseInt(reply.facts.get("timeout") ?? "", 10)).toBeGreaterThan(2_000_000);
  });

  it("a silent stream is seen to be open", async () => {
    const request = requestOf(style, "server-stream", [{ steps: [waitForEver] }]);
    const opened = style.http === "HTTP/2" ? openedHttp2 : openedHttp1;
    expect(await opened(server.port, request)).toBe(200);
  });
});

/** Resolves with the status of a response once its headers have come, and leaves. */
async function openedHttp2(port: number, request: RawRequest): Promise<number> {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  const stream = openStream(session, request);
  stream.end(Buffer.concat(request.chunks));
  const [headers] = await once(stream, "response");
  session.destroy();
  return headers[":status"];
}

async function openedHttp1(port: number, { method, path, headers, chunks }: RawRequest): Promise<number> {
  const socket = connect(port, "127.0.0.1");
  const body = Buffer.concat(chunks);
  const fields = [...headers, ["content-length", body.length]].map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${path} HTTP/1.1\r\n${fields.join("")}\r\n`);
  socket.write(body);
  const [head] = await once(socket, "data");
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d+)/.exec(head.toString("latin1"))?.[1]);
}
