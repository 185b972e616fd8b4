import { STYLES } from "@triptych/testkit/raw/call-style.ts";
import { describe, expect, it } from "vitest";
import { encodeMessage, type Kind, MAX_MESSAGE_BYTES, useConformanceServer } from "./conformance-server.ts";

const SINGLE: readonly Kind[] = ["unary", "server-stream"];
const MANY: readonly Kind[] = ["client-stream", "bidi-stream"];

describe.each(STYLES)("Server Message Size over $protocol with $codec and $http", (style) => {
  const server = useConformanceServer(style);
  const many = style.http === "HTTP/1.1" ? MANY.filter((kind) => kind !== "bidi-stream") : MANY;
  // JSON writes three bytes as four characters, so not every size can be had: the largest below the limit, and the next above it.
  const fits = { size: sizeFor(MAX_MESSAGE_BYTES) };
  const exceeds = { size: sizeFor(MAX_MESSAGE_BYTES) + 4 };

  function sizeFor(limit: number): number {
    let size = limit;
    while (encodeMessage(style, { size }).length > limit) size--;
    return size;
  }

  it.each(SINGLE)("%s/request-equal-to-server-limit", async (kind) => {
    expect((await server.call(kind, [fits])).code).toBe("ok");
  });

  it.each(SINGLE)("%s/request-exceeds-server-limit", async (kind) => {
    expect((await server.call(kind, [exceeds])).code).toBe("resource_exhausted");
  });

  it.each(many)("%s/all-requests-equal-to-server-limit", async (kind) => {
    expect((await server.call(kind, [fits, fits, fits])).code).toBe("ok");
  });

  it.each(many)("%s/first-request-exceeds-server-limit", async (kind) => {
    expect((await server.call(kind, [exceeds, fits])).code).toBe("resource_exhausted");
  });

  it.each(many)("%s/subsequent-request-exceeds-server-limit", async (kind) => {
    expect((await server.call(kind, [fits, exceeds, fits])).code).toBe("resource_exhausted");
  });
});
