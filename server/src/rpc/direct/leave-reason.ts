import { constants } from "node:http2";
import { Code, ConnectError } from "@connectrpc/connect";

/** The status that each reset of a client stands for, as the library has it; other resets say no more than that it left. */
const codes = {
  PROTOCOL_ERROR: Code.Internal,
  INTERNAL_ERROR: Code.Internal,
  FLOW_CONTROL_ERROR: Code.Internal,
  SETTINGS_TIMEOUT: Code.Internal,
  FRAME_SIZE_ERROR: Code.Internal,
  COMPRESSION_ERROR: Code.Internal,
  CONNECT_ERROR: Code.Internal,
  REFUSED_STREAM: Code.Unavailable,
  CANCEL: Code.Canceled,
  ENHANCE_YOUR_CALM: Code.ResourceExhausted,
  INADEQUATE_SECURITY: Code.PermissionDenied,
  HTTP_1_1_REQUIRED: Code.PermissionDenied,
} as const;

/** Names and statuses by what comes over the wire. */
const resets = new Map(
  Object.entries(codes).map(([name, code]) => [constants[`NGHTTP2_${name as keyof typeof codes}`], { name, code }]),
);

/** Why a call is over whose stream of HTTP/2 was closed; undefined when the code says nothing more. */
export function resetReason(rstCode: number): ConnectError | undefined {
  const reset = resets.get(rstCode);
  if (reset === undefined) return undefined;
  const { name, code } = reset;
  return new ConnectError(`http/2 stream closed with error code ${name} (0x${rstCode.toString(16)})`, code);
}

/** Why a call over HTTP/1.1 is over whose connection was closed; undefined when that went without an error. */
export function closeReason(error: Error | null): ConnectError | undefined {
  return error === null ? undefined : ConnectError.from(error, Code.Aborted);
}
