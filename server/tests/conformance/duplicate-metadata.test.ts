import { Code } from "@connectrpc/connect";
import { STYLES } from "@triptych/testkit/raw/call-style.ts";
import { describe, expect, it } from "vitest";
import { type Kind, type Step, useConformanceServer } from "./conformance-server.ts";
import { addMetadata, answer, fail, report } from "./steps.ts";

const KINDS: readonly Kind[] = ["unary", "client-stream", "server-stream", "bidi-stream"];
const headers = [
  ["x-conformance-test", "Value1"],
  ["x-conformance-test", "Value2"],
] as const;
const setHeaders = ["foo", "bar", "baz"].map((value) => addMetadata("header", "x-custom-header", value));
const setTrailers = ["bing", "quux"].map((value) => addMetadata("trailer", "x-custom-trailer", value));
const error = fail(Code.Internal, "broken", {
  metadata: [
    ["x-custom-trailer", "bing"],
    ["x-custom-trailer", "quux"],
  ],
});

describe.each(STYLES)("Duplicate Metadata over $protocol with $codec and $http", (style) => {
  const server = useConformanceServer(style);
  const kinds = style.http === "HTTP/1.1" ? KINDS.filter((kind) => kind !== "bidi-stream") : KINDS;
  const streams = kinds.filter((kind) => kind === "server-stream" || kind === "bidi-stream");

  async function call(kind: Kind, steps: readonly Step[]) {
    const reply = await server.call(kind, [{ steps }], { headers });
    expect(reply.header("x-custom-header")).toEqual(["foo", "bar", "baz"]);
    expect(reply.last("x-custom-trailer")).toEqual(["bing", "quux"]);
    return reply;
  }

  it.each(kinds)("%s/success", async (kind) => {
    const reply = await call(kind, [...setHeaders, ...setTrailers, report]);
    expect(reply.code).toBe("ok");
    expect(reply.facts.get("header x-conformance-test")).toBe("Value1, Value2");
  });

  it.each(kinds)("%s/error", async (kind) => {
    expect((await call(kind, [...setHeaders, error])).code).toBe("internal");
  });

  it.each(streams)("%s/no-response", async (kind) => {
    expect(await call(kind, [...setHeaders, ...setTrailers])).toMatchObject({ code: "ok", texts: [] });
  });

  it.each(streams)("%s/error-with-responses", async (kind) => {
    const steps = [...setHeaders, answer("one"), answer("two"), error];
    expect(await call(kind, steps)).toMatchObject({ code: "internal", texts: ["one", "two"] });
  });
});
