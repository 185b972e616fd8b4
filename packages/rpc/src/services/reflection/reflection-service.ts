import type { DescFile, MessageInitShape } from "@bufbuild/protobuf";
import { Code, type ServiceImpl } from "@connectrpc/connect";
import type {
  ServerReflection,
  ServerReflectionRequest,
  ServerReflectionResponseSchema,
} from "../../gen/grpc/reflection/v1/reflection_pb.ts";
import type { ServerReflection as ServerReflectionAlpha } from "../../gen/grpc/reflection/v1alpha/reflection_pb.ts";
import { truncate } from "../../messages/truncate-text.ts";
import type { DescriptorIndex } from "./descriptor-index.ts";
import { createFileBundles } from "./file-bundles.ts";

/**
 * The metadata with which a client asks for the comments of contracts, with the value `yes`. Not all may have them: Python's library refuses a file
 * that it has already where the two differ, if only by a comment.
 */
const COMMENTS_HEADER = "reflection-comments";

/** Creates `grpc.reflection.v1`: lists for clients what the server serves, from the descriptors of an index. */
export function createReflectionService(index: DescriptorIndex): ServiceImpl<typeof ServerReflection> {
  return {
    async *serverReflectionInfo(requests, { requestHeader }) {
      const wantsComments = requestHeader.get(COMMENTS_HEADER) === "yes";
      const bundle = createFileBundles(wantsComments ? index.withComments : ({ proto }) => proto);
      for await (const request of requests) {
        const messageResponse = answer(index, bundle, request.messageRequest);
        yield { validHost: request.host, originalRequest: request, messageResponse };
      }
    },
  };
}

/** Creates `grpc.reflection.v1alpha`: the same for older clients. */
export function createReflectionServiceAlpha(index: DescriptorIndex): ServiceImpl<typeof ServerReflectionAlpha> {
  // The versions differ in the names of their messages alone, and the implementation names none: it passes requests on and
  // leaves it to the schema of the method to make responses.
  return createReflectionService(index) as unknown as ServiceImpl<typeof ServerReflectionAlpha>;
}

type Question = ServerReflectionRequest["messageRequest"];
type Answer = NonNullable<MessageInitShape<typeof ServerReflectionResponseSchema>["messageResponse"]>;

function answer(index: DescriptorIndex, bundle: (file: DescFile) => Uint8Array[], question: Question): Answer {
  const fileOr = (file: DescFile | undefined, otherwise: string): Answer => {
    if (file === undefined) return failure(Code.NotFound, otherwise);
    return { case: "fileDescriptorResponse", value: { fileDescriptorProto: bundle(file) } };
  };
  switch (question.case) {
    case "fileByFilename":
      return fileOr(index.fileNamed(question.value), `no such file: ${shorten(question.value)}`);
    case "fileContainingSymbol":
      return fileOr(index.fileDeclaring(question.value), `no such symbol: ${shorten(question.value)}`);
    case "fileContainingExtension": {
      const { containingType, extensionNumber } = question.value;
      const file = index.fileExtending(containingType, extensionNumber);
      return fileOr(file, `no such extension: ${extensionNumber} of ${shorten(containingType)}`);
    }
    case "allExtensionNumbersOfType":
      return extensionNumbers(question.value, index.extensionsOf(question.value));
    case "listServices":
      return { case: "listServicesResponse", value: { service: index.services.map((name) => ({ name })) } };
    case undefined:
      return failure(Code.Unimplemented, "message_request must be of a kind that this server knows: got none");
  }
}

function extensionNumbers(baseTypeName: string, numbers: readonly number[] | undefined): Answer {
  if (numbers === undefined) return failure(Code.NotFound, `no such message: ${shorten(baseTypeName)}`);
  return { case: "allExtensionNumbersResponse", value: { baseTypeName, extensionNumber: [...numbers] } };
}

function failure(errorCode: Code, errorMessage: string): Answer {
  return { case: "errorResponse", value: { errorCode, errorMessage } };
}

function shorten(name: string): string {
  return truncate(name, 100);
}
