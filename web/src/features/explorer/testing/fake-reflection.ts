import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import type { ServerReflection, ServerReflectionRequest } from "@triptych/proto/grpc/reflection/v1/reflection_pb.ts";
import { fileBytes } from "./all-types.ts";

/** How a server that only pretends to have services describes them. */
export interface FakeReflectionOptions {
  /** Whether a file comes with all that it needs; otherwise it comes alone, as the contract allows. */
  readonly together?: boolean;
  /** Services that are listed and not described. */
  readonly alsoListed?: readonly string[];
}

/** Reflection of files. */
export function fakeReflection(
  files: readonly FileDescriptorProto[],
  { together = true, alsoListed = [] }: FakeReflectionOptions = {},
): ServiceImpl<typeof ServerReflection> {
  const servicesOf = ({ package: scope, service }: FileDescriptorProto) =>
    service.map(({ name }) => (scope === "" ? name : `${scope}.${name}`));
  const listed = [...files.flatMap(servicesOf), ...alsoListed];

  function bringing(what: string, file: FileDescriptorProto | undefined) {
    if (file === undefined) return { case: "errorResponse", value: { errorCode: 5, errorMessage: what } } as const;
    const needed = together ? [file, ...files.filter(({ name }) => file.dependency.includes(name))] : [file];
    return { case: "fileDescriptorResponse", value: { fileDescriptorProto: needed.map(fileBytes) } } as const;
  }

  function answer({ messageRequest: { case: kind, value } }: ServerReflectionRequest) {
    if (kind === "listServices") {
      return { case: "listServicesResponse", value: { service: listed.map((name) => ({ name })) } } as const;
    }
    const isAsked = (file: FileDescriptorProto) =>
      kind === "fileByFilename" ? file.name === value : servicesOf(file).some((name) => name === value);
    return bringing(`no such symbol: ${value}`, files.find(isAsked));
  }

  return {
    async *serverReflectionInfo(requests) {
      for await (const request of requests) yield { messageResponse: answer(request) };
    },
  };
}
