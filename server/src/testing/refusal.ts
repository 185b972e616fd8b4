import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";

/** What a call was refused with. */
export interface Refusal {
  /** The name of the status code. */
  readonly code: keyof typeof Code;
  readonly message: string;
  /** The field violations of its google.rpc.BadRequest details; empty when it has none. */
  readonly violations: readonly { readonly field: string; readonly description: string }[];
}

/** Waits for a call to fail, or for a stream to fail while it is read to its end; rejects when it does not. */
export async function refusalOf(call: Promise<unknown> | AsyncIterable<unknown>): Promise<Refusal> {
  let result: unknown;
  try {
    result = "then" in call ? await call : await Array.fromAsync(call);
  } catch (reason) {
    return readRefusal(ConnectError.from(reason));
  }
  throw new Error(`the call must be refused: got ${JSON.stringify(result, stringOfBigint)}`);
}

/** What an error says, with its details read. */
export function readRefusal(error: ConnectError): Refusal {
  const violations = error
    .findDetails(BadRequestSchema)
    .flatMap(({ fieldViolations }) => fieldViolations.map(({ field, description }) => ({ field, description })));
  // The numeric enum of codes is also the list of their names.
  return { code: Code[error.code] as keyof typeof Code, message: error.rawMessage, violations };
}

const stringOfBigint = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
