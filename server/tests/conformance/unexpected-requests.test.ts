import { encodingHeaderOf } from "@triptych/testkit/raw/call-protocol.ts";
import { type CallStyle, STYLES } from "@triptych/testkit/raw/call-style.ts";
import { envelope } from "@triptych/testkit/raw/envelope.ts";
import type { RawRequest } from "@triptych/testkit/raw/raw-call.ts";
import { describe, expect, it } from "vitest";
import { type Kind, useConformanceServer } from "./conformance-server.ts";

const ENVELOPED: readonly Kind[] = ["unary", "server-stream"];

/** The request with another value of a header. */
function withHeader(request: RawRequest, name: string, value: string): RawRequest {
  return { ...request, headers: [...request.headers.filter(([other]) => other !== name), [name, value]] };
}

/** The kinds of calls of one request in an envelope: a unary call of Connect has none. */
function kindsOf({ protocol }: CallStyle): readonly Kind[] {
  return protocol === "connect" ? ENVELOPED.filter((kind) => kind !== "unary") : ENVELOPED;
}

describe.each(STYLES)("Unexpected Requests over $protocol with $codec and $http", (style) => {
  const server = useConformanceServer(style);
  const isConnect = style.protocol === "connect";

  it.each(kindsOf(style))("%s/no-request", async (kind) => {
    expect((await server.call(kind, [])).code).toBe("unimplemented");
  });

  it.each(kindsOf(style))("%s/multiple-requests", async (kind) => {
    expect((await server.call(kind, [{}, {}])).code).toBe("unimplemented");
  });

  it("unexpected-verb", async () => {
    const reply = await server.call("unary", [{}], { request: (plain) => ({ ...plain, method: "DELETE" }) });
    expect(reply.status).toBe(405);
  });

  it("unexpected-uri", async () => {
    const path = "/triptych.testing.v1.UnknownService/UnknownMethod";
    const reply = await server.call("unary", [{}], { request: (plain) => ({ ...plain, path }) });
    expect(reply).toMatchObject({ code: "unimplemented", status: isConnect ? 404 : 200 });
  });

  it("unexpected-content-type", async () => {
    const request = (plain: RawRequest) => withHeader(plain, "content-type", "image/jpeg");
    expect((await server.call("unary", [{}], { request })).status).toBe(415);
  });

  it("unexpected-codec", async () => {
    const type = isConnect ? "application/foo" : `application/${style.protocol}+foo`;
    const request = (plain: RawRequest) => withHeader(plain, "content-type", type);
    expect((await server.call("unary", [{}], { request })).status).toBe(415);
  });

  it.each(ENVELOPED)("%s/unexpected-compression", async (kind) => {
    const header = encodingHeaderOf(style.protocol, kind !== "unary");
    const reply = await server.call(kind, [{}], { headers: [[header, "foo"]] });
    expect(reply).toMatchObject({ code: "unimplemented" });
    expect(reply.message).toContain("gzip");
  });

  it.each(kindsOf(style))("%s/unexpected-compressed-message", async (kind) => {
    const header = encodingHeaderOf(style.protocol, kind !== "unary");
    const flagged = envelope(Buffer.from([1, 2, 3]), 1);
    const body = style.protocol === "grpc-web-text" ? Buffer.from(flagged.toString("base64")) : flagged;
    const request = (plain: RawRequest) => ({ ...plain, chunks: [body] });
    expect((await server.call(kind, [], { headers: [[header, "identity"]], request })).code).toBe("internal");
    expect((await server.call(kind, [], { request })).code).toBe("internal");
  });
});

const PROTO_STYLES = STYLES.filter(({ protocol, codec }) => codec === "proto" && protocol !== "connect");

describe.each(PROTO_STYLES)("Proto Sub-Format Requests over $protocol and $http", (style) => {
  const server = useConformanceServer(style);

  it.each([
    ["with-proto-sub-format", "+proto"],
    ["without-proto-sub-format", ""],
  ])("%s", async (_name, suffix) => {
    const request = (plain: RawRequest) => withHeader(plain, "content-type", `application/${style.protocol}${suffix}`);
    const reply = await server.call("unary", [{}], { request });
    expect(reply.code).toBe("ok");
    expect(reply.header("content-type")).toEqual([`application/${style.protocol}+proto`]);
  });
});
