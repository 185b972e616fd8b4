import { constants } from "node:http2";
import { Code, ConnectError } from "@connectrpc/connect";

/** The status that each reset of a client stands for, as the library has it; other resets say no more than that it left. */
const codes: ReadonlyMap<number, Code> = new Map([
  [constants.NGHTTP2_PROTOCOL_ERROR, Code.Internal],
  [constants.NGHTTP2_INTERNAL_ERROR, Code.Internal],
  [constants.NGHTTP2_FLOW_CONTROL_ERROR, Code.Internal],
  [constants.NGHTTP2_SETTINGS_TIMEOUT, Code.Internal],
  [constants.NGHTTP2_FRAME_SIZE_ERROR, Code.Internal],
  [constants.NGHTTP2_COMPRESSION_ERROR, Code.Internal],
  [constants.NGHTTP2_CONNECT_ERROR, Code.Internal],
  [constants.NGHTTP2_REFUSED_STREAM, Code.Unavailable],
  [constants.NGHTTP2_CANCEL, Code.Canceled],
  [constants.NGHTTP2_ENHANCE_YOUR_CALM, Code.ResourceExhausted],
  [constants.NGHTTP2_INADEQUATE_SECURITY, Code.PermissionDenied],
  [constants.NGHTTP2_HTTP_1_1_REQUIRED, Code.PermissionDenied],
]);

/** Why a call is over whose stream of HTTP/2 was closed; undefined when the code says nothing more. */
export function resetReason(rstCode: number): ConnectError | undefined {
  const code = codes.get(rstCode);
  if (code === undefined) return undefined;
  return new ConnectError(`http/2 stream closed with error code 0x${rstCode.toString(16)}`, code);
}

/** Why a call over HTTP/1.1 is over whose connection was closed; undefined when that went without an error. */
export function closeReason(error: Error | null): ConnectError | undefined {
  return error === null ? undefined : ConnectError.from(error, Code.Aborted);
}
