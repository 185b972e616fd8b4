import { fromBinary } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { codeToHttpStatus } from "@connectrpc/connect/protocol-connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { STYLES } from "@triptych/testkit/raw/call-style.ts";
import { describe, expect, it } from "vitest";
import { useConformanceServer } from "./conformance-server.ts";
import { addMetadata, answer, CODES, fail } from "./steps.ts";

const KINDS = ["unary", "server-stream"] as const;
const UNICODE = "\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\n";
const trailers = [["x-custom-trailer", "bing"]] as const;

describe.each(STYLES)("Errors over $protocol with $codec and $http", (style) => {
  const server = useConformanceServer(style);
  const kinds = style.http === "HTTP/1.1" ? KINDS : ([...KINDS, "bidi-stream"] as const);

  describe.each(KINDS)("%s", (kind) => {
    it.each(CODES)("%s", async (name, code) => {
      const reply = await server.call(kind, [{ steps: [fail(code, `${name} error`)] }]);
      expect(reply).toMatchObject({ code: name, message: `${name} error`, texts: [] });
    });
  });

  describe.each([...kinds, "client-stream"] as const)("%s", (kind) => {
    it("error-with-metadata", async () => {
      const error = fail(Code.Unauthenticated, "who are you?", { fields: ["name"], metadata: [...trailers] });
      const reply = await server.call(kind, [{ steps: [addMetadata("header", "x-custom-header", "foo"), error] }]);
      expect(reply).toMatchObject({ code: "unauthenticated", message: "who are you?" });
      expect(reply.header("x-custom-header")).toEqual(["foo"]);
      expect(reply.last("x-custom-trailer")).toEqual(["bing"]);
      expect(reply.details.map(({ type }) => type)).toEqual(["google.rpc.BadRequest"]);
      const [detail] = reply.details;
      const { fieldViolations } = fromBinary(BadRequestSchema, detail?.value ?? Buffer.alloc(0));
      expect(fieldViolations).toMatchObject([{ field: "name", description: "must be more than name" }]);
    });

    it("unicode-error-message", async () => {
      const reply = await server.call(kind, [{ steps: [fail(Code.Internal, UNICODE)] }]);
      expect(reply).toMatchObject({ code: "internal", message: UNICODE });
    });
  });

  it.each(kinds.filter((kind) => kind !== "unary"))("%s/error-with-responses", async (kind) => {
    const reply = await server.call(kind, [{ steps: [answer("one"), answer("two"), fail(Code.Internal, "broken")] }]);
    expect(reply).toMatchObject({ code: "internal", message: "broken", texts: ["one", "two"] });
  });

  it.each(kinds.filter((kind) => kind !== "unary"))("%s/error-with-no-responses", async (kind) => {
    const reply = await server.call(kind, [{ steps: [fail(Code.Internal, "broken")] }]);
    expect(reply).toMatchObject({ code: "internal", message: "broken", texts: [] });
  });

  it.each([
    ["one-request", [{}]],
    ["multiple-requests", [{}, { size: 10 }, { size: 20 }]],
  ])("client-stream/error-%s", async (_name, [first, ...others]) => {
    const reply = await server.call("client-stream", [{ ...first, steps: [fail(Code.Internal, "broken")] }, ...others]);
    expect(reply).toMatchObject({ code: "internal", message: "broken", texts: [] });
  });
});

describe.each(STYLES.filter(({ protocol }) => protocol === "connect"))(
  "Connect to HTTP Code Mapping with $codec and $http",
  (style) => {
    const server = useConformanceServer(style);

    it.each(CODES)("unary/%s", async (name, code) => {
      const { status, ...reply } = await server.call("unary", [{ steps: [fail(code, "no")] }]);
      expect([reply.code, status]).toEqual([name, codeToHttpStatus(code)]);
    });

    it.each(["server-stream", "client-stream"] as const)("%s/error-returns-success-http-code", async (kind) => {
      const reply = await server.call(kind, [{ steps: [fail(Code.NotFound, "no")] }]);
      expect(reply).toMatchObject({ status: 200, code: "not_found" });
    });

    it.skipIf(style.http === "HTTP/1.1")("bidi-stream/stream-error-returns-success-http-code", async () => {
      const reply = await server.call("bidi-stream", [{ steps: [fail(Code.NotFound, "no")] }]);
      expect(reply).toMatchObject({ status: 200, code: "not_found" });
    });
  },
);
