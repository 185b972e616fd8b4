import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createFileRegistry, createRegistry, fromBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { createClient } from "@connectrpc/connect";
import {
  ServerReflection,
  type ServerReflectionRequestSchema,
} from "@triptych/proto/grpc/reflection/v1/reflection_pb.ts";
import { ServerReflection as ServerReflectionAlpha } from "@triptych/proto/grpc/reflection/v1alpha/reflection_pb.ts";
import { Recommendations } from "@triptych/proto/recommendations_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { BIDI_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { hasPythonGrpc } from "@triptych/testkit/processes/python.ts";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { describe, expect, it } from "vitest";
import { useServer } from "../src/testing/use-server.ts";
import { DECLARED_SERVICES as SERVICES } from "./declared-services.ts";
import { createGrpcJsClient } from "./grpc-js-client.ts";
import { runPythonChecks } from "./python-checks.ts";

const buf = fileURLToPath(new URL("../../node_modules/.bin/buf", import.meta.url));
const standardProtos = fileURLToPath(new URL("../../proto/standard", import.meta.url));

type Question = NonNullable<MessageInitShape<typeof ServerReflectionRequestSchema>["messageRequest"]>;

const server = useServer();

describe.each(BIDI_STYLES)("reflection over %s", (style) => {
  const client = () => createClient(ServerReflection, createTransport(style, server.baseUrl));

  it("lists every service", async () => {
    async function* requests() {
      yield { messageRequest: { case: "listServices", value: "" } as const };
    }
    const [response] = await Array.fromAsync(client().serverReflectionInfo(requests()));
    expect(response?.messageResponse.value).toMatchObject({ service: SERVICES.map((name) => ({ name })) });
  });

  it("brings every file once, enough to build all services from nothing else", async () => {
    async function* requests() {
      for (const value of SERVICES) yield { messageRequest: { case: "fileContainingSymbol", value } as const };
    }
    const responses = await Array.fromAsync(client().serverReflectionInfo(requests()));
    const files = responses
      .flatMap(({ messageResponse: { case: kind, value } }) =>
        kind === "fileDescriptorResponse" ? value.fileDescriptorProto : [],
      )
      .map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
    const byName = new Map(files.map((file) => [file.name, file]));
    expect(byName.size).toBe(files.length);
    expect([...byName.keys()]).toContain("google/protobuf/timestamp.proto");
    const registries = files.map((file) => createFileRegistry(file, (name) => byName.get(name)));
    const registry = createRegistry(...registries);
    expect(SERVICES.filter((name) => registry.getService(name) === undefined)).toEqual([]);
    for (const { typeName, methods } of [GreeterService, Recommendations]) {
      const described = registry.getService(typeName)?.methods;
      expect(described?.map(({ name, methodKind }) => [name, methodKind])).toEqual(
        methods.map(({ name, methodKind }) => [name, methodKind]),
      );
    }
  });
});

describe("the comments of the contracts", () => {
  it.each([
    ["yes", true],
    ["no", false],
  ])("come with reflection-comments: %s: %s", async (value, expected) => {
    const client = createClient(ServerReflection, createTransport("grpc", server.baseUrl));
    async function* requests() {
      yield { messageRequest: { case: "fileByFilename", value: "triptych/greeter/v1/greeter.proto" } as const };
    }
    const headers = { "reflection-comments": value };
    const [response] = await Array.fromAsync(client.serverReflectionInfo(requests(), { headers }));
    const bytes = response?.messageResponse.value;
    if (typeof bytes !== "object" || !("fileDescriptorProto" in bytes)) throw new Error("no file was sent");
    const [file = new Uint8Array()] = bytes.fileDescriptorProto;
    const comments = fromBinary(FileDescriptorProtoSchema, file).sourceCodeInfo?.location ?? [];
    expect(comments.some(({ leadingComments }) => leadingComments === " Greets someone.\n")).toBe(expected);
  });
});

/** Runs `buf curl`, which knows nothing but what reflection tells it, and resolves with what it prints. */
async function bufCurl(...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runCommand(buf, ["curl", "--http2-prior-knowledge", ...args]);
  if (status !== 0) throw new Error(`buf curl must succeed: got ${status}: ${stderr}`);
  return stdout;
}

describe("buf curl without a schema", () => {
  const greeter = "triptych.greeter.v1.GreeterService";

  it.each(["grpc", "grpcweb", "connect"])("calls our services and the legacy ones over %s", async (protocol) => {
    const call = async (method: string, request: object) =>
      JSON.parse(await bufCurl("--protocol", protocol, "-d", JSON.stringify(request), `${server.baseUrl}/${method}`));
    expect(await call(`${greeter}/SayHello`, { name: "Ada" })).toMatchObject({ message: "Hello, Ada!" });
    expect(await call("helloworld.Greeter/SayHello", { name: "Ada" })).toEqual({ message: "Hello, Ada!" });
    expect(await call("Cal/Add", { number1: 2, number2: 3 })).toEqual({ number: 5 });
  });

  it.each(["grpc-v1", "grpc-v1alpha"])("lists services and methods by %s", async (version) => {
    const reflect = ["--reflect-protocol", version];
    const services = await bufCurl(...reflect, "--list-services", server.baseUrl);
    expect(services.trim().split("\n").sort()).toEqual(SERVICES);
    const methods = (await bufCurl(...reflect, "--list-methods", server.baseUrl)).trim().split("\n");
    expect(methods).toEqual(
      expect.arrayContaining([`${greeter}/WatchGreetings`, "Cal/Multiply", "test.grpc_test/test_client_stream"]),
    );
  });
});

// The messages of the versions differ in their type names alone, of which these tests make no use.
const versions = [ServerReflection, ServerReflectionAlpha as unknown as typeof ServerReflection];

describe.each(versions)("$typeName for @grpc/grpc-js", ({ method }) => {
  it("answers each question as it comes, on one stream", async () => {
    using client = createGrpcJsClient(server.baseUrl);
    const stream = client.bidi(method.serverReflectionInfo);
    const ask = async (messageRequest: Question) => {
      stream.write({ messageRequest });
      const [{ messageResponse }] = await once(stream, "data");
      return messageResponse;
    };
    expect(await ask({ case: "listServices", value: "*" })).toMatchObject({ case: "listServicesResponse" });
    const file = await ask({ case: "fileContainingSymbol", value: "helloworld.Greeter.SayHello" });
    expect(fromBinary(FileDescriptorProtoSchema, file.value.fileDescriptorProto[0])).toMatchObject({
      name: "helloworld.proto",
      package: "helloworld",
    });
    expect(await ask({ case: "fileByFilename", value: "nothing.proto" })).toMatchObject({
      case: "errorResponse",
      value: { errorCode: 5, errorMessage: "no such file: nothing.proto" },
    });
    stream.end();
    const [{ code }] = await once(stream, "status");
    expect(code).toBe(0);
  });

  it.each([
    ["triptych.greeter.v1.GreeterService.WatchGreetings", "triptych/greeter/v1/greeter.proto"],
    ["triptych.greeter.v1.WatchGreetingsRequest.after_sequence", "triptych/greeter/v1/greeter.proto"],
    ["grpc.health.v1.HealthListResponse.StatusesEntry", "grpc/health/v1/health.proto"],
    ["grpc.health.v1.HealthCheckResponse.ServingStatus", "grpc/health/v1/health.proto"],
    ["SELF_HELP", "recommendations.proto"],
    ["google.protobuf.Timestamp.nanos", "google/protobuf/timestamp.proto"],
  ])("finds the file of %s", async (value, name) => {
    using client = createGrpcJsClient(server.baseUrl);
    const stream = client.bidi(method.serverReflectionInfo);
    stream.write({ messageRequest: { case: "fileContainingSymbol", value } });
    const [{ messageResponse }] = await once(stream, "data");
    stream.end();
    await once(stream, "status");
    expect(fromBinary(FileDescriptorProtoSchema, messageResponse.value.fileDescriptorProto[0]).name).toBe(name);
  });
});

describe.skipIf(!hasPythonGrpc)(
  "reflection for Python's grpcio (skipped where Python has no grpcio and grpc_tools)",
  () => {
    it("builds calls of our services and the legacy ones from nothing else", async () => {
      const results = await runPythonChecks(
        "health_and_reflection_client.py",
        `127.0.0.1:${server.port}`,
        standardProtos,
      );
      for (const version of ["v1", "v1alpha"]) {
        expect(results[`${version} services`]).toEqual(SERVICES);
        expect(results[`${version} methods`]).toMatchObject({
          Cal: ["Add", "Multiply"],
          Recommendations: ["Recommend"],
        });
        expect(results[`${version} calls`]).toMatchObject([
          { message: "Hallo, Ada!", language: "de" },
          { message: "Hello, Ada!" },
          { number: 5 },
        ]);
        expect(results[`${version} error`]).toEqual({ code: 5, message: "no such symbol: nobody.Nothing" });
      }
    });
  },
);
