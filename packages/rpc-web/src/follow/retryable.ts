import { Code } from "@connectrpc/connect";

/** What no second attempt can change: the request is wrong, or the server does not have what it asks for. */
const finalCodes: ReadonlySet<Code> = new Set([
  Code.InvalidArgument,
  Code.NotFound,
  Code.AlreadyExists,
  Code.PermissionDenied,
  Code.FailedPrecondition,
  Code.OutOfRange,
  Code.Unimplemented,
  Code.Unauthenticated,
]);

/** Whether a stream that ended with this code is worth opening again. */
export function isRetryable(code: Code): boolean {
  return !finalCodes.has(code);
}

/** Whether this code, as the answer to a resumed stream, can mean that the server no longer knows the position. */
export function isResumeRejection(code: Code): boolean {
  return code === Code.OutOfRange || code === Code.InvalidArgument;
}
