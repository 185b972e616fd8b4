import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import {
  AlreadyExists,
  DataLoss,
  DomainError,
  type FieldViolation,
  InvalidInput,
  LogReplaced,
  NotAllowed,
  NotFound,
  OutOfRange,
  StoreFull,
  StoreTrouble,
  TooMuchStored,
  TooMuchWork,
} from "../domain/errors.ts";
import { truncate } from "../domain/truncate.ts";

/** How many violations travel with an error: they ride in the metadata, of which gRPC clients take no more than 8 KB. */
const MAX_VIOLATIONS = 10;
/** What clients of gRPC that would call again are told, to leave that. */
const NOT_AGAIN = { "grpc-retry-pushback-ms": "-1" };
/** How long the message of an error may be, in code points, for the same reason. */
const MAX_MESSAGE_LENGTH = 1_000;

/**
 * Gives an error of the domain its status code and details; the only place that knows which has which. Returns any other as it is: what it
 * says is for the log, not for the client.
 */
export function connectErrorFromDomainError(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  const mapped = new ConnectError(
    truncate(error.message, MAX_MESSAGE_LENGTH),
    codeOf(error),
    // To try again would not help, and costs the server as much each time.
    error instanceof TooMuchWork || error instanceof TooMuchStored ? NOT_AGAIN : undefined,
    undefined,
    error,
  );
  if (error instanceof InvalidInput) mapped.details.push(badRequest(error.violations));
  return mapped;
}

function codeOf(error: DomainError): Code {
  if (error instanceof InvalidInput) return Code.InvalidArgument;
  if (error instanceof NotFound) return Code.NotFound;
  if (error instanceof NotAllowed) return Code.PermissionDenied;
  if (error instanceof OutOfRange) return Code.OutOfRange;
  if (error instanceof TooMuchWork || error instanceof TooMuchStored) return Code.ResourceExhausted;
  if (error instanceof AlreadyExists) return Code.AlreadyExists;
  if (error instanceof DataLoss) return Code.DataLoss;
  if (error instanceof StoreFull) return Code.ResourceExhausted;
  if (error instanceof StoreTrouble || error instanceof LogReplaced) return Code.Unavailable;
  return Code.Unknown;
}

function badRequest(violations: readonly FieldViolation[]) {
  const fieldViolations = violations.slice(0, MAX_VIOLATIONS).map(({ field, description }) => ({ field, description }));
  return { desc: BadRequestSchema, value: create(BadRequestSchema, { fieldViolations }) };
}
