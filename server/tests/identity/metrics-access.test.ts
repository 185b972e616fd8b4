import { tmpdir } from "node:os";
import { join } from "node:path";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { describe, expect, it } from "vitest";
import { useServer } from "../../src/testing/use-server.ts";

const read = ({ baseUrl }: { readonly baseUrl: string }, headers: Record<string, string> = {}) =>
  sendRequest(baseUrl, "/metrics", { headers });

describe("with a token", () => {
  const server = useServer({ METRICS_TOKEN: "s3cret" });

  it("the metrics ask for it, and for nothing else", async () => {
    expect((await read(server)).status).toBe(401);
    expect((await read(server, { authorization: "Bearer other" })).status).toBe(401);
    const { status, body } = await read(server, { authorization: "Bearer s3cret" });
    expect(status).toBe(200);
    expect(body.toString()).toContain("grpc_server_started_total");
    expect((await sendRequest(server.baseUrl, "/healthz")).status).toBe(200);
  });
});

describe.each([{}, { TRUST_PROXY: "1" }, { TRUST_PROXY: "127.0.0.0/8" }])("without one, with %j", (settings) => {
  // A file that is not there has no keys.
  const server = useServer({ API_KEYS_FILE: join(tmpdir(), "triptych-no-such-keys.json"), ...settings });

  it("the metrics are for this machine, and for nobody for whom a proxy on it asks", async () => {
    expect((await read(server)).status).toBe(200);
    expect((await read(server, { "x-forwarded-for": "203.0.113.9" })).status).toBe(403);
    expect((await read(server, { "x-forwarded-for": "127.0.0.1, 203.0.113.9" })).status).toBe(403);
  });
});
