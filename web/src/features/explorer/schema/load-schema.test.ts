import { create, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createRouterTransport, type Transport } from "@connectrpc/connect";
import { ServerReflection } from "@triptych/proto/grpc/reflection/v1/reflection_pb.ts";
import { ServerReflection as ServerReflectionAlpha } from "@triptych/proto/grpc/reflection/v1alpha/reflection_pb.ts";
import { describe, expect, it } from "vitest";
import { allTypesFiles } from "../testing/all-types.ts";
import { fakeReflection } from "../testing/fake-reflection.ts";
import { loadSchema } from "./load-schema.ts";
import { findMethod, withDependencies } from "./schema.ts";

const signal = new AbortController().signal;
const brokenFile = create(FileDescriptorProtoSchema, {
  name: "broken.proto",
  package: "broken",
  dependency: ["nowhere.proto"],
  service: [{ name: "Service" }],
});

function reflecting(files: readonly FileDescriptorProto[], options?: Parameters<typeof fakeReflection>[1]): Transport {
  return createRouterTransport((router) => router.service(ServerReflection, fakeReflection(files, options)));
}

describe("the schema of a server", () => {
  it.each([true, false])(
    "has every service and type, whether files come with what they need or not: %s",
    async (together) => {
      const schema = await loadSchema(reflecting(allTypesFiles, { together }), signal);
      expect(schema.problems).toEqual([]);
      expect(schema.services.map(({ typeName }) => typeName)).toEqual(["alltypes.AllTypes"]);
      expect(findMethod(schema, "alltypes.AllTypes/Chat")?.methodKind).toBe("bidi_streaming");
      expect(findMethod(schema, "alltypes.AllTypes/Nothing")).toBeUndefined();
      expect(schema.types.getMessage("google.protobuf.Timestamp")).toBe(
        findMethod(schema, "alltypes.AllTypes/Cook")?.input.field.time?.message,
      );
    },
  );

  it("has the files in the order in which they build on each other", async () => {
    const schema = await loadSchema(reflecting(allTypesFiles), signal);
    const files = schema.services.flatMap(({ file }) => withDependencies(file)).map(({ proto }) => proto);
    for (const [index, { dependency }] of files.entries()) {
      const before = files.slice(0, index).map(({ name }) => name);
      expect(before).toEqual(expect.arrayContaining(dependency));
    }
    expect(files).toHaveLength(allTypesFiles.length);
  });

  it("comes from servers that only have the older version", async () => {
    const transport = createRouterTransport((router) => {
      // The messages of the versions differ in their type names alone.
      router.service(ServerReflectionAlpha as unknown as typeof ServerReflection, fakeReflection(allTypesFiles));
    });
    expect((await loadSchema(transport, signal)).services).toHaveLength(1);
  });

  it("says what is wrong with a service, and has the others", async () => {
    const { services, problems } = await loadSchema(
      reflecting([...allTypesFiles, brokenFile], { alsoListed: ["ghost.Service"] }),
      signal,
    );
    expect(services).toHaveLength(1);
    expect(problems).toEqual([
      { service: "broken.Service", reason: "there is no nowhere.proto" },
      { service: "ghost.Service", reason: "no such symbol: ghost.Service" },
    ]);
  });

  it("is not taken from more files than may describe a server", async () => {
    const fileDescriptorProto = Array.from({ length: 10_001 }, (_, index) =>
      toBinary(FileDescriptorProtoSchema, create(FileDescriptorProtoSchema, { name: `${index}.proto` })),
    );
    const transport = createRouterTransport((router) =>
      router.service(ServerReflection, {
        async *serverReflectionInfo(requests) {
          for await (const { messageRequest } of requests)
            yield messageRequest.case === "listServices"
              ? { messageResponse: { case: "listServicesResponse", value: { service: [{ name: "S" }] } } }
              : { messageResponse: { case: "fileDescriptorResponse", value: { fileDescriptorProto } } };
        },
      }),
    );
    await expect(loadSchema(transport, signal)).rejects.toMatchObject({ code: Code.OutOfRange });
  });

  it("is not taken from files whose imports have no end", async () => {
    const fileNamed = (name: string) => {
      const file = create(FileDescriptorProtoSchema, { name, dependency: ["a", "b", "c"].map((end) => name + end) });
      return toBinary(FileDescriptorProtoSchema, file);
    };
    const transport = createRouterTransport((router) =>
      router.service(ServerReflection, {
        async *serverReflectionInfo(requests) {
          for await (const { messageRequest } of requests)
            yield messageRequest.case === "listServices"
              ? { messageResponse: { case: "listServicesResponse", value: { service: [{ name: "S" }] } } }
              : {
                  messageResponse: {
                    case: "fileDescriptorResponse",
                    value: { fileDescriptorProto: [fileNamed(String(messageRequest.value))] },
                  },
                };
        },
      }),
    );
    await expect(loadSchema(transport, signal)).rejects.toMatchObject({ code: Code.OutOfRange });
  });

  it("is UNIMPLEMENTED where there is no reflection", async () => {
    await expect(
      loadSchema(
        createRouterTransport(() => {}),
        signal,
      ),
    ).rejects.toMatchObject({ code: Code.Unimplemented });
  });

  it("fails with the error of the call", async () => {
    const transport = createRouterTransport((router) =>
      router.service(ServerReflection, {
        // biome-ignore lint/correctness/useYield: it fails before.
        async *serverReflectionInfo() {
          throw new ConnectError("later", Code.Unavailable);
        },
      }),
    );
    await expect(loadSchema(transport, signal)).rejects.toMatchObject({ code: Code.Unavailable });
  });
});
