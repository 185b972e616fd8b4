import { STYLES } from "@triptych/testkit/raw/call-style.ts";
import type { RawRequest } from "@triptych/testkit/raw/raw-call.ts";
import { readAnswer } from "@triptych/testkit/raw/read-answer.ts";
import { describe, expect, it } from "vitest";
import { encodeMessage, useConformanceServer } from "./conformance-server.ts";
import { addMetadata, report } from "./steps.ts";

describe.each(STYLES.filter(({ protocol }) => protocol === "connect"))(
  "Connect with GET, $codec and $http",
  (style) => {
    const server = useConformanceServer(style);
    const message = encodeMessage(style, { steps: [addMetadata("trailer", "x-custom-trailer", "bing"), report] });
    const base64 = { base64: "1", message: message.toString("base64url") };

    function get(method: string, query: Readonly<Record<string, string>>): RawRequest {
      return {
        method: "GET",
        path: `/triptych.testing.v1.ScriptService/${method}?${new URLSearchParams(query)}`,
        headers: [["host", "localhost"]],
        chunks: [],
      };
    }

    async function call(method: string, query: Readonly<Record<string, string>>) {
      const response = await server.send(get(method, { connect: "v1", encoding: style.codec, ...query }));
      return readAnswer(style.protocol, false, response);
    }

    it("success", async () => {
      const reply = await call("ReadOnce", base64);
      expect(reply).toMatchObject({ status: 200, code: "ok" });
      expect(reply.trailer("x-custom-trailer")).toEqual(["bing"]);
      expect(reply.messages.join("")).toContain("GET");
    });

    it("takes a message without base64", async () => {
      const plain = {
        encoding: "json",
        message: JSON.stringify({ script: { steps: [{ answer: { text: "plain" } }] } }),
      };
      const response = await server.send(get("ReadOnce", { connect: "v1", ...plain }));
      expect(JSON.parse(response.body.toString())).toEqual({ reply: { text: "plain" } });
    });

    it("takes padded base64", async () => {
      const reply = await call("ReadOnce", { base64: "1", message: message.toString("base64") });
      expect(reply.code).toBe("ok");
    });

    it.each([
      ["a method with side effects", "PlayOnce", base64, 405],
      ["a stream", "PlayStream", base64, 405],
      ["an unknown codec", "ReadOnce", { ...base64, encoding: "xml" }, 415],
    ])("refuses %s", async (_what, method, query, status) => {
      expect((await call(method, query)).status).toBe(status);
    });

    it("refuses a compression it does not have", async () => {
      expect((await call("ReadOnce", { ...base64, compression: "foo" })).code).toBe("unimplemented");
    });
  },
);
