import { STYLES } from "@triptych/testkit/raw/call-style.ts";
import { describe, expect, it } from "vitest";
import { useConformanceServer } from "./conformance-server.ts";
import { addMetadata, answer } from "./steps.ts";

const headers = [
  ["x-conformance-test", "Value1"],
  ["x-conformance-test", "Value2"],
] as const;
const metadata = [addMetadata("header", "x-custom-header", "foo"), addMetadata("trailer", "x-custom-trailer", "bing")];
const sent = { status: 200, code: "ok", message: "" };

describe.each(STYLES)("Basic over $protocol with $codec and $http", (style) => {
  const server = useConformanceServer(style);
  const bidi = it.skipIf(style.http === "HTTP/1.1");

  it("unary/success", async () => {
    const reply = await server.call("unary", [{ steps: [...metadata, answer("test response")] }], { headers });
    expect(reply).toMatchObject({ ...sent, texts: ["test response"] });
    expect([reply.header("x-custom-header"), reply.trailer("x-custom-trailer")]).toEqual([["foo"], ["bing"]]);
  });

  it("client-stream/success", async () => {
    const messages = [{ steps: [...metadata, answer("test response")] }, { size: 10 }];
    const reply = await server.call("client-stream", messages, { headers });
    expect(reply).toMatchObject({ ...sent, texts: ["test response"] });
    expect([reply.header("x-custom-header"), reply.trailer("x-custom-trailer")]).toEqual([["foo"], ["bing"]]);
  });

  it("server-stream/success", async () => {
    const steps = [...metadata, answer("test response"), answer("test response")];
    const reply = await server.call("server-stream", [{ steps }], { headers });
    expect(reply).toMatchObject({ ...sent, texts: ["test response", "test response"] });
    expect([reply.header("x-custom-header"), reply.trailer("x-custom-trailer")]).toEqual([["foo"], ["bing"]]);
  });

  it("server-stream/no-responses", async () => {
    const reply = await server.call("server-stream", [{ steps: metadata }], { headers });
    expect(reply).toMatchObject({ ...sent, texts: [] });
    expect([reply.header("x-custom-header"), reply.trailer("x-custom-trailer")]).toEqual([["foo"], ["bing"]]);
  });

  bidi("bidi-stream/half-duplex/success", async () => {
    const messages = [{ steps: [...metadata, answer("one")] }, { steps: [answer("two")] }];
    const reply = await server.call("bidi-stream", messages, { headers });
    expect(reply).toMatchObject({ ...sent, texts: ["one", "two"] });
    expect([reply.header("x-custom-header"), reply.trailer("x-custom-trailer")]).toEqual([["foo"], ["bing"]]);
  });

  bidi("bidi-stream/half-duplex/no-responses", async () => {
    const reply = await server.call("bidi-stream", [{ steps: metadata }, {}], { headers });
    expect(reply).toMatchObject({ ...sent, texts: [] });
    expect([reply.header("x-custom-header"), reply.trailer("x-custom-trailer")]).toEqual([["foo"], ["bing"]]);
  });

  it("unimplemented", async () => {
    const reply = await server.call("unary", [{}], { request: (plain) => ({ ...plain, path: `${plain.path}Not` }) });
    expect(reply.code).toBe("unimplemented");
  });
});

describe.each(STYLES)("Server Empty Requests over $protocol with $codec and $http", (style) => {
  const server = useConformanceServer(style);

  it.each(["unary", "client-stream", "server-stream"] as const)("%s/empty-request", async (kind) => {
    // A message without any field is no byte at all in Protobuf.
    expect(await server.call(kind, [{}], { headers })).toMatchObject(sent);
  });

  it.skipIf(style.http === "HTTP/1.1")("bidi-stream/half-duplex/empty-request", async () => {
    expect(await server.call("bidi-stream", [{}], { headers })).toMatchObject(sent);
  });
});
