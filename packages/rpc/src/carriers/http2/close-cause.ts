import { Code, ConnectError } from "@connectrpc/connect";
import { ErrorCode } from "../../http2/error-code.ts";
import type { StreamCloseCause } from "../../http2/face.ts";

/** The status that each reset of a client stands for, as gRPC has it; other codes say no more than that it has disconnected. */
const resets: ReadonlyMap<number, { readonly name: string; readonly code: Code }> = new Map([
  [ErrorCode.protocolError, { name: "PROTOCOL_ERROR", code: Code.Internal }],
  [ErrorCode.internalError, { name: "INTERNAL_ERROR", code: Code.Internal }],
  [ErrorCode.flowControlError, { name: "FLOW_CONTROL_ERROR", code: Code.Internal }],
  [ErrorCode.settingsTimeout, { name: "SETTINGS_TIMEOUT", code: Code.Internal }],
  [ErrorCode.frameSizeError, { name: "FRAME_SIZE_ERROR", code: Code.Internal }],
  [ErrorCode.refusedStream, { name: "REFUSED_STREAM", code: Code.Unavailable }],
  [ErrorCode.cancel, { name: "CANCEL", code: Code.Canceled }],
  [ErrorCode.compressionError, { name: "COMPRESSION_ERROR", code: Code.Internal }],
  [ErrorCode.connectError, { name: "CONNECT_ERROR", code: Code.Internal }],
  [ErrorCode.enhanceYourCalm, { name: "ENHANCE_YOUR_CALM", code: Code.ResourceExhausted }],
  [ErrorCode.inadequateSecurity, { name: "INADEQUATE_SECURITY", code: Code.PermissionDenied }],
  [ErrorCode.http11Required, { name: "HTTP_1_1_REQUIRED", code: Code.PermissionDenied }],
]);

/** Why a call was cancelled whose stream was closed; undefined when there is no more to say than that its client has disconnected. */
export function cancellationCause(cause: StreamCloseCause): ConnectError | undefined {
  if (cause.kind === "completed") return undefined;
  // A connection that is lost takes its calls with it, whatever its last word was.
  const reset = cause.kind === "connection-lost" ? ErrorCode.cancel : cause.code;
  const known = resets.get(reset);
  if (known === undefined) return undefined;
  return new ConnectError(`http/2 stream closed with error code ${known.name} (0x${reset.toString(16)})`, known.code);
}
