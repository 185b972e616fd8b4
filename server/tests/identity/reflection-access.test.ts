import { Code, createClient } from "@connectrpc/connect";
import { ServerReflection } from "@triptych/proto/grpc/reflection/v1/reflection_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it } from "vitest";
import { useServer } from "../../src/testing/use-server.ts";
import { useIdentity } from "./use-identity.ts";

async function* question() {
  yield { messageRequest: { case: "listServices", value: "" } as const };
}

async function ask(baseUrl: string, headers: Record<string, string> = {}) {
  const client = createClient(ServerReflection, createTransport("grpc", baseUrl));
  return Array.fromAsync(client.serverReflectionInfo(question(), { headers }));
}

describe("reflection for those who are signed in", () => {
  const identity = useIdentity({ REFLECTION: "signed-in" });

  it("rejects who does not say who they are", async () => {
    await expect(ask(identity.server.baseUrl)).rejects.toMatchObject({ code: Code.Unauthenticated });
  });

  it("answers who does", async () => {
    const authorization = `Bearer ${await identity.issuer.tokenOf("alice")}`;
    expect(await ask(identity.server.baseUrl, { authorization })).toHaveLength(1);
  });
});

describe("no reflection", () => {
  const server = useServer({ REFLECTION: "off" });

  it("is not implemented", async () => {
    await expect(ask(server.baseUrl)).rejects.toMatchObject({ code: Code.Unimplemented });
  });
});
