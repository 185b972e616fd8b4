import { brotliCompressSync, gzipSync } from "node:zlib";
import { encodingHeaderOf } from "@triptych/testkit/raw/call-protocol.ts";
import { type CallStyle, STYLES } from "@triptych/testkit/raw/call-style.ts";
import { envelope } from "@triptych/testkit/raw/envelope.ts";
import type { RawRequest } from "@triptych/testkit/raw/raw-call.ts";
import { describe, expect, it } from "vitest";
import { type Kind, useConformanceServer } from "../conformance/conformance-server.ts";

const MAX_ELEMENTS = 500;

const COMPRESSIONS = [
  ["as it is", undefined, (bytes: Buffer) => bytes],
  ["with gzip", "gzip", gzipSync],
  ["with brotli", "br", brotliCompressSync],
] as const;

function kindsOf({ http }: CallStyle): readonly Kind[] {
  const kinds: readonly Kind[] = ["unary", "server-stream", "client-stream", "bidi-stream"];
  return http === "HTTP/1.1" ? kinds.filter((kind) => kind !== "bidi-stream") : kinds;
}

/** A message of so many unknown fields, which parsing would make an object of each, or of so many empty steps. */
function manyElements({ codec }: CallStyle, count: number): Buffer {
  if (codec === "json")
    return Buffer.from(JSON.stringify({ script: { steps: Array.from({ length: count }, () => ({})) } }));
  return Buffer.concat(Array.from({ length: count }, () => Buffer.from([0x7a, 0])));
}

/** Sends these bytes in the place of a message. */
function withBody({ protocol }: CallStyle, kind: Kind, bytes: Buffer, flags = 0): (plain: RawRequest) => RawRequest {
  const framed = protocol === "connect" && kind === "unary" ? bytes : envelope(bytes, flags);
  const chunk = protocol === "grpc-web-text" ? Buffer.from(framed.toString("base64")) : framed;
  return (plain) => ({ ...plain, chunks: [chunk] });
}

describe.each(STYLES)("a request over $protocol with $codec and $http", (style) => {
  const server = useConformanceServer(style, { maxMessageElements: MAX_ELEMENTS });

  describe.each(COMPRESSIONS)("%s", (_how, encoding, compress) => {
    it.each(kindsOf(style))("%s is refused for one element too many, and named the bound", async (kind) => {
      const before = server.messages.tooManyElements;
      const bytes = compress(manyElements(style, MAX_ELEMENTS + 1));
      const headers = encoding && [[encodingHeaderOf(style.protocol, kind !== "unary"), encoding] as const];
      const request = withBody(style, kind, bytes, encoding === undefined ? 0 : 1);
      const reply = await server.call(kind, [{}], { request, ...(headers && { headers }) });
      expect(reply).toMatchObject({
        code: "resource_exhausted",
        message: `a message must have at most ${MAX_ELEMENTS} elements: got more`,
      });
      expect(server.messages.tooManyElements).toBeGreaterThan(before);
    });
  });

  it.each(kindsOf(style))("%s is served with as many elements as are allowed", async (kind) => {
    // In JSON the brackets around the steps count, too.
    const count = style.codec === "json" ? MAX_ELEMENTS / 2 - 10 : MAX_ELEMENTS;
    const reply = await server.call(kind, [{}], { request: withBody(style, kind, manyElements(style, count)) });
    expect(reply.code).toBe("ok");
  });

  it.skipIf(style.codec !== "json").each(kindsOf(style))("%s is refused when its JSON is no UTF-8", async (kind) => {
    const bytes = Buffer.concat([
      Buffer.from('{"script":{"steps":[{"answer":{"text":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}}]}}'),
    ]);
    const reply = await server.call(kind, [{}], { request: withBody(style, kind, bytes) });
    expect(reply.code).toBe("invalid_argument");
    if (style.protocol === "connect" && kind === "unary") expect(reply.status).toBe(400);
  });
});
