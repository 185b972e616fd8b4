import { Code } from "@connectrpc/connect";
import { Pause } from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import type { Step } from "./conformance-server.ts";

/** Answers with a text. */
export function answer(text: string): Step {
  return { action: { case: "answer", value: { text } } };
}

/** Adds a value to a header of the response, or to a trailer. */
export function addMetadata(where: "header" | "trailer", name: string, value: string): Step {
  return { action: { case: "setMetadata", value: { trailer: where === "trailer", append: true, name, value } } };
}

/** Answers with what the implementation sees. */
export const report: Step = { action: { case: "report", value: {} } };

/** Waits until the test is over, whatever the signal of the call says. */
export const waitForEver: Step = { action: { case: "pause", value: Pause.FOREVER } };

/** Fails, with details about the fields, if any, and metadata. */
export function fail(
  code: Code,
  message: string,
  { fields = [], metadata = [] }: { fields?: string[]; metadata?: (readonly [name: string, value: string])[] } = {},
): Step {
  const changes = metadata.map(([name, value]) => ({ append: true, name, value }));
  return { action: { case: "failure", value: { code, message, fields, metadata: changes } } };
}

/** The codes by the names that the protocols write out. */
export const CODES: readonly (readonly [name: string, code: Code])[] = [
  ["canceled", Code.Canceled],
  ["unknown", Code.Unknown],
  ["invalid_argument", Code.InvalidArgument],
  ["deadline_exceeded", Code.DeadlineExceeded],
  ["not_found", Code.NotFound],
  ["already_exists", Code.AlreadyExists],
  ["permission_denied", Code.PermissionDenied],
  ["resource_exhausted", Code.ResourceExhausted],
  ["failed_precondition", Code.FailedPrecondition],
  ["aborted", Code.Aborted],
  ["out_of_range", Code.OutOfRange],
  ["unimplemented", Code.Unimplemented],
  ["internal", Code.Internal],
  ["unavailable", Code.Unavailable],
  ["data_loss", Code.DataLoss],
  ["unauthenticated", Code.Unauthenticated],
];
