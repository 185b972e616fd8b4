import { create } from "@bufbuild/protobuf";
import { ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { type Failure, type SetMetadata, Thrown } from "@triptych/proto/triptych/testing/v1/script_pb.ts";

/** Makes what a step of a script throws: any value, not only an error. */
export function thrownBy(failure: Failure): unknown {
  const { message } = failure;
  switch (failure.thrown) {
    case Thrown.ERROR:
      return new Error(message);
    case Thrown.STRING:
      return message;
    case Thrown.UNDEFINED:
      return undefined;
    case Thrown.NULL:
      return null;
    case Thrown.ABORT_ERROR:
      return new DOMException(message, "AbortError");
    case Thrown.CAUSE:
      return connectError(failure, new Error("the cause"));
    case Thrown.UNKNOWN_CODE:
      return new ConnectError(message, 99 as never);
    case Thrown.OBJECT:
      return { message, code: failure.code };
    default:
      return connectError(failure);
  }
}

function connectError({ code, message, fields, metadata }: Failure, cause?: Error): ConnectError {
  const fieldViolations = fields.map((field) => ({ field, description: `must be more than ${field}` }));
  const details =
    fields.length === 0 ? [] : [{ desc: BadRequestSchema, value: create(BadRequestSchema, { fieldViolations }) }];
  // A script may name a code that does not exist.
  const error = new ConnectError(message, code as never, undefined, details, cause);
  for (const change of metadata) changeMetadata(error.metadata, change);
  return error;
}

/** Changes metadata as a step says; throws where the name or the value is none. */
export function changeMetadata(metadata: Headers, change: SetMetadata): void {
  if (change.delete) metadata.delete(change.name);
  else if (change.append) metadata.append(change.name, change.value);
  else metadata.set(change.name, change.value);
}
