// @vitest-environment node
import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { describe, expect, it } from "vitest";
import { type CalledServer, explaining, whyUnreachable } from "./explain-unreachable.ts";

const server: CalledServer = {
  protocol: "grpc-web",
  baseUrl: "http://localhost:9000",
  origin: "http://localhost:8080",
  fetch: async () => new Response(),
};
const fails: CalledServer["fetch"] = () => Promise.reject(new TypeError("Failed to fetch"));

describe("a server that a page cannot call", () => {
  it("answers, and has to allow the page, and the metadata that goes with the call", async () => {
    const why = await whyUnreachable(server, ["x-note"]);
    expect(why).toContain("does not let pages of http://localhost:8080 call it");
    expect(why).toContain("content-type, x-grpc-web, x-user-agent, grpc-timeout, x-note");
    expect(why).toContain("ALLOWED_ORIGINS=http://localhost:8080");
    expect(await whyUnreachable({ ...server, protocol: "connect" }, [])).toContain("connect-protocol-version");
    expect(await whyUnreachable({ ...server, protocol: "websocket" }, [])).toContain("choose gRPC-Web or Connect");
  });

  it("may not be there", async () => {
    expect(await whyUnreachable({ ...server, fetch: fails }, [])).toMatch(
      /^Nothing answers at http:\/\/localhost:9000/,
    );
  });

  it("may be one that an encrypted page must not call", async () => {
    const encrypted = { ...server, origin: "https://app.example.com" };
    expect(await whyUnreachable({ ...encrypted, baseUrl: "http://api.example.com" }, [])).toContain("https only");
    expect(await whyUnreachable(encrypted, [])).toContain("does not let pages");
  });

  it("is explained only where it did not answer itself", async () => {
    const failing = (error: unknown): Transport => ({
      unary: () => Promise.reject(error),
      stream: () => Promise.reject(error),
    });
    const call = (error: unknown) => createClient(GreeterService, explaining(failing(error), server)).sayHello({});
    const own = new ConnectError("draining", Code.Unavailable);
    await expect(call(own)).rejects.toBe(own);
    const network = new ConnectError("no", Code.Unavailable, undefined, undefined, new TypeError("Failed to fetch"));
    await expect(call(network)).rejects.toMatchObject({ rawMessage: expect.stringContaining("does not let pages") });
  });
});
