import { createFileRegistry, fromBinary, getOption } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { createClient } from "@connectrpc/connect";
import { ServerReflection } from "@triptych/proto/grpc/reflection/v1/reflection_pb.ts";
import { Caller, policy } from "@triptych/proto/triptych/auth/v1/policy_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it } from "vitest";
import { POLICIES_BESIDE_CONTRACTS } from "../../src/identity/policies-beside-contracts.ts";
import { fullName, policyOf } from "../../src/identity/policy.ts";
import { useServer } from "../../src/testing/use-server.ts";
import { DECLARED_SERVICES } from "../declared-services.ts";
import { read } from "../documents.ts";
import { withAccessTable } from "./access-table.ts";
import { SERVED_METHODS } from "./served-methods.ts";

describe("the policies of methods", () => {
  it("are looked for in every contract", () => {
    expect([...new Set(SERVED_METHODS.map(({ parent }) => parent.typeName))]).toEqual(DECLARED_SERVICES);
  });

  it("leave no method out", () => {
    expect(SERVED_METHODS.filter((method) => policyOf(method) === undefined).map(fullName)).toEqual([]);
  });

  it("stand beside the contracts only where the contracts are not ours", () => {
    const others = SERVED_METHODS.filter(({ parent }) => !parent.typeName.startsWith("triptych.")).map(fullName);
    expect([...POLICIES_BESIDE_CONTRACTS.keys()].sort()).toEqual(others.sort());
  });

  it("are those of the table in docs/access.md, which `npm run access` writes", () => {
    const page = read("docs/access.md");
    expect(page).toBe(withAccessTable(page, SERVED_METHODS));
  });
});

describe("reflection", () => {
  const server = useServer();

  it("brings the policy of a method, and the file that declares what a policy is", async () => {
    async function* requests() {
      yield { messageRequest: { case: "fileContainingSymbol", value: OrderService.typeName } as const };
    }
    const reflection = createClient(ServerReflection, createTransport("grpc", server.baseUrl));
    const [response] = await Array.fromAsync(reflection.serverReflectionInfo(requests()));
    const answer = response?.messageResponse;
    const files = answer?.case === "fileDescriptorResponse" ? answer.value.fileDescriptorProto.map(parse) : [];
    const byName = new Map(files.map((file) => [file.name, file]));
    expect([...byName.keys()]).toContain("triptych/auth/v1/policy.proto");
    const described = createFileRegistry(files[0] as FileDescriptorProto, (name) => byName.get(name));
    const method = described.getService(OrderService.typeName)?.method.getOrder;
    expect(method && getOption(method, policy).caller).toBe(Caller.OWNER);
  });

  it("finds the extension by its number", async () => {
    async function* requests() {
      const value = { containingType: "google.protobuf.MethodOptions", extensionNumber: policy.number };
      yield { messageRequest: { case: "fileContainingExtension", value } as const };
    }
    const reflection = createClient(ServerReflection, createTransport("connect over http/2", server.baseUrl));
    const [response] = await Array.fromAsync(reflection.serverReflectionInfo(requests()));
    const answer = response?.messageResponse;
    const [first] = answer?.case === "fileDescriptorResponse" ? answer.value.fileDescriptorProto.map(parse) : [];
    expect(first?.name).toBe("triptych/auth/v1/policy.proto");
  });
});

const parse = (bytes: Uint8Array) => fromBinary(FileDescriptorProtoSchema, bytes);
