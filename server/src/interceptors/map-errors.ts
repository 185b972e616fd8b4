import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import {
  AlreadyExists,
  DomainError,
  type FieldViolation,
  InvalidInput,
  NotFound,
  OutOfRange,
  TooMuchWork,
} from "../domain/errors.ts";

/**
 * Turns errors of the domain into `ConnectError`s, for calls of every kind. The only place that knows which domain error has which
 * status code. Errors it does not know pass unchanged: what they say is for the log, not for the client.
 */
export const mapErrors: Interceptor = (next) => async (request) => {
  try {
    const response = await next(request);
    if (!response.stream) return response;
    return { ...response, message: mapStreamErrors(response.message) };
  } catch (error) {
    throw connectErrorFromDomainError(error);
  }
};

async function* mapStreamErrors<T>(messages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* messages;
  } catch (error) {
    throw connectErrorFromDomainError(error);
  }
}

/** Gives a domain error its status code and details; returns anything else as it is. */
export function connectErrorFromDomainError(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  const mapped = new ConnectError(error.message, codeOf(error), undefined, undefined, error);
  if (error instanceof InvalidInput) mapped.details.push(badRequest(error.violations));
  return mapped;
}

function codeOf(error: DomainError): Code {
  if (error instanceof InvalidInput) return Code.InvalidArgument;
  if (error instanceof NotFound) return Code.NotFound;
  if (error instanceof OutOfRange) return Code.OutOfRange;
  if (error instanceof TooMuchWork) return Code.ResourceExhausted;
  if (error instanceof AlreadyExists) return Code.AlreadyExists;
  return Code.Unknown;
}

function badRequest(violations: readonly FieldViolation[]) {
  const fieldViolations = violations.map(({ field, description }) => ({ field, description }));
  return { desc: BadRequestSchema, value: create(BadRequestSchema, { fieldViolations }) };
}
