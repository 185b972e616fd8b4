import { constants } from "node:http2";
import { Code, ConnectError } from "@connectrpc/connect";
import type { StreamCloseCause } from "../../http2/face.ts";

/** The status that each reset of a client stands for, as gRPC has it; other codes say no more than that it has disconnected. */
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

/** Why a call is over whose stream was closed; undefined when there is no more to say than that its client has disconnected. */
export function cancellationCause(cause: StreamCloseCause): ConnectError | undefined {
  if (cause.kind === "completed" || cause.code === undefined) return undefined;
  const reset = resets.get(cause.code);
  if (reset === undefined) return undefined;
  const { name, code } = reset;
  return new ConnectError(`http/2 stream closed with error code ${name} (0x${cause.code.toString(16)})`, code);
}
