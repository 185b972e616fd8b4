import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { type Code, ConnectError } from "@connectrpc/connect";

const retryAfter = new WeakMap<object, string>();

/** An error that says when the call may be made again, in milliseconds: by a `google.rpc.RetryInfo`, `grpc-retry-pushback-ms` and, see `retryAfterOf`, `retry-after`. */
export function retryLater(code: Code, text: string, milliseconds: number): ConnectError {
  const error = new ConnectError(text, code, { "grpc-retry-pushback-ms": String(milliseconds) });
  error.details.push({ type: "google.rpc.RetryInfo", value: retryInfo(milliseconds) });
  retryAfter.set(error, String(Math.ceil(milliseconds / 1_000)));
  return error;
}

/** Whether it is such an error, which a call was refused with before anything of it has run. */
export function isRetryLater(error: unknown): error is ConnectError {
  return typeof error === "object" && error !== null && retryAfter.has(error);
}

/** What `retry-after` of HTTP says for an error: seconds, rounded up; undefined for any other error. */
export function retryAfterOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null ? retryAfter.get(error) : undefined;
}

/** A `google.rpc.RetryInfo`, whose only field is a `google.protobuf.Duration`. Written by hand: its contract is not one that the package has. */
function retryInfo(milliseconds: number): Uint8Array {
  const seconds = Math.floor(milliseconds / 1_000);
  const nanos = (milliseconds % 1_000) * 1_000_000;
  const duration = new BinaryWriter().tag(1, WireType.Varint).int64(seconds).tag(2, WireType.Varint).int32(nanos);
  return new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(duration.finish()).finish();
}
