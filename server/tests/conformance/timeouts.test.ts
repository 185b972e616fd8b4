import { STYLES } from "@triptych/testkit/raw/call-style.ts";
import { afterEach, describe, expect, it } from "vitest";
import { type Kind, useConformanceServer } from "./conformance-server.ts";
import { answer, report, waitForEver } from "./steps.ts";

const KINDS: readonly Kind[] = ["unary", "client-stream", "server-stream", "bidi-stream"];

describe.each(STYLES)("over $protocol with $codec and $http", (style) => {
  const server = useConformanceServer(style);
  const kinds = style.http === "HTTP/1.1" ? KINDS.filter((kind) => kind !== "bidi-stream") : KINDS;
  const timeout = (milliseconds: number) =>
    style.protocol === "connect"
      ? (["connect-timeout-ms", String(milliseconds)] as const)
      : (["grpc-timeout", `${milliseconds}m`] as const);

  afterEach(async () => {
    server.journal.letGo();
    await expect.poll(() => server.running).toBe(0);
  });

  describe("Timeouts", () => {
    it.each(kinds)("%s", async (kind) => {
      const reply = await server.call(kind, [{ steps: [waitForEver] }], { headers: [timeout(50)] });
      expect(reply).toMatchObject({ code: "deadline_exceeded", texts: [] });
    });

    it.each(kinds.filter((kind) => kind.startsWith("server") || kind.startsWith("bidi")))(
      "%s after a response",
      async (kind) => {
        const steps = [answer("in time"), waitForEver];
        const reply = await server.call(kind, [{ steps }], { headers: [timeout(100)] });
        expect(reply).toMatchObject({ code: "deadline_exceeded", texts: ["in time"] });
      },
    );
  });

  describe("Deadline Propagation", () => {
    it.each(kinds)("%s/success", async (kind) => {
      const reply = await server.call(kind, [{ steps: [report] }], { headers: [timeout(20_000)] });
      expect(reply.code).toBe("ok");
      // Reports round up to a second.
      expect(["19 s", "20 s"]).toContain(reply.facts.get("timeout"));
    });

    it.each(kinds)("%s without a timeout", async (kind) => {
      const reply = await server.call(kind, [{ steps: [report] }]);
      expect(reply.facts.get("timeout")).toBe("none");
    });
  });
});
