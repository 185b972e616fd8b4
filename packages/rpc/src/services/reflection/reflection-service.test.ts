import { fromBinary, type MessageInitShape } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { type Client, Code, createClient, createRouterTransport } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { ServerReflection, type ServerReflectionRequestSchema } from "../../gen/grpc/reflection/v1/reflection_pb.ts";
import { ServerReflection as ServerReflectionAlpha } from "../../gen/grpc/reflection/v1alpha/reflection_pb.ts";
import { createDescriptorIndex } from "./descriptor-index.ts";
import { createReflectionService, createReflectionServiceAlpha } from "./reflection-service.ts";
import { describeFiles, extendingFile, serviceFile, targetFile } from "./testing/describe-files.ts";

type Question = NonNullable<MessageInitShape<typeof ServerReflectionRequestSchema>["messageRequest"]>;

const files = [
  targetFile,
  extendingFile,
  serviceFile("b", "target.proto"),
  serviceFile("a", "extending.proto", "target.proto"),
];
const index = createDescriptorIndex(describeFiles(...files));
const transport = createRouterTransport((router) => {
  router.service(ServerReflection, createReflectionService(index));
  router.service(ServerReflectionAlpha, createReflectionServiceAlpha(index));
});

// The messages of the versions differ in their type names alone, of which the client of these tests makes no use.
const alphaClient = createClient(ServerReflectionAlpha, transport) as unknown as Client<typeof ServerReflection>;

describe.each([
  { version: "v1", client: createClient(ServerReflection, transport) },
  { version: "v1alpha", client: alphaClient },
])("reflection $version", ({ version, client }) => {
  async function* requests(questions: readonly Question[]) {
    for (const messageRequest of questions) yield { host: "example", messageRequest };
  }

  /** The answers to questions on one stream; files by their names. */
  async function ask(...questions: Question[]) {
    const responses = await Array.fromAsync(client.serverReflectionInfo(requests(questions)));
    return responses.map(({ messageResponse: { case: kind, value } }) =>
      kind === "fileDescriptorResponse"
        ? value.fileDescriptorProto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name)
        : value,
    );
  }

  it("lists the services", async () => {
    const [answer] = await ask({ case: "listServices", value: "" });
    expect(answer).toMatchObject({ service: [{ name: "a.Service" }, { name: "b.Service" }] });
  });

  it("brings files by name, by symbol and by extension, each need once a stream", async () => {
    const extension = { containingType: "target.Target", extensionNumber: 101 };
    expect(
      await ask(
        { case: "fileByFilename", value: "b.proto" },
        { case: "fileContainingSymbol", value: "a.Service.Get" },
        { case: "fileContainingExtension", value: extension },
      ),
    ).toEqual([["b.proto", "target.proto"], ["a.proto", "extending.proto"], ["extending.proto"]]);
  });

  it("lists the extensions of a message", async () => {
    const [answer] = await ask({ case: "allExtensionNumbersOfType", value: "target.Target" });
    expect(answer).toMatchObject({ baseTypeName: "target.Target", extensionNumber: [101, 102] });
  });

  it.each<{ question: Question; message: string }>([
    { question: { case: "fileByFilename", value: "c.proto" }, message: "no such file: c.proto" },
    {
      question: { case: "fileContainingSymbol", value: "x".repeat(101) },
      message: `no such symbol: ${"x".repeat(100)}…`,
    },
    {
      question: { case: "fileContainingSymbol", value: `x${"😀".repeat(100)}` },
      message: `no such symbol: x${"😀".repeat(99)}…`,
    },
    {
      question: { case: "fileContainingExtension", value: { containingType: "a.B", extensionNumber: 7 } },
      message: "no such extension: 7 of a.B",
    },
    { question: { case: "allExtensionNumbersOfType", value: "a.Service" }, message: "no such message: a.Service" },
  ])("answers that there is $message", async ({ question, message }) => {
    expect(await ask(question)).toMatchObject([{ errorCode: Code.NotFound, errorMessage: message }]);
  });

  it("goes on after a question that it cannot answer", async () => {
    const answers = await ask({ case: undefined }, { case: "fileByFilename", value: "target.proto" });
    expect(answers).toMatchObject([{ errorCode: Code.Unimplemented }, ["target.proto"]]);
  });

  it("says which request of which host it answers", async () => {
    const question: Question = { case: "listServices", value: "all" };
    const [response] = await Array.fromAsync(client.serverReflectionInfo(requests([question])));
    expect(response).toMatchObject({
      validHost: "example",
      originalRequest: { host: "example", messageRequest: question },
    });
    expect(response?.originalRequest?.$typeName).toBe(`grpc.reflection.${version}.ServerReflectionRequest`);
  });
});
