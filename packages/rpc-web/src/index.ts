// biome-ignore-all lint/performance/noBarrelFile: the entry of a package; what others may use is listed here and nowhere else.
export { browserEnvironment } from "./environment/browser-environment.ts";
export type { Cancel, StreamEnvironment } from "./environment/stream-environment.ts";
export { type Batcher, createBatcher } from "./follow/batcher.ts";
export { type FollowOptions, type FollowState, follow, type OpenStream } from "./follow/follow.ts";
export { networkErrors } from "./follow/network-errors.ts";
export { isRetryable } from "./follow/retryable.ts";
export { untilAborted } from "./follow/until-aborted.ts";
export type {
  CallEnd,
  CallRecorder,
  CallRecording,
  CallStart,
  CarrierFrame,
  FrameMeaning,
  HeaderEntry,
  RecorderSource,
} from "./recorder/call-recorder.ts";
export type { CallStatus } from "./recorder/call-status.ts";
export { type Decoded, decodeDetail, decodeFrame } from "./recorder/decode-frame.ts";
export { decompress } from "./recorder/decompress.ts";
export { isCompressed } from "./recorder/frame-meaning.ts";
export { createMethodRegistry, type MethodRegistry } from "./recorder/method-registry.ts";
export type { Direction, RecordedCall, RecordedCallState, RecordedFrame } from "./recorder/recorded-call.ts";
export type { Codec, Framing, RecordedProtocol } from "./recorder/recorded-format.ts";
export { defaultRecorderLimits, type RecorderLimits } from "./recorder/recorder-limits.ts";
export {
  createRecorderStore,
  type RecorderState,
  type RecorderStore,
  type RecorderStoreOptions,
} from "./recorder/recorder-store.ts";
export { recordingFetch } from "./recorder/recording-fetch.ts";
export { sendTraceParent, traceIdOf } from "./recorder/trace-parent.ts";
export { type RetryOptions, retryCalls, type WaitingCall } from "./retry/retry-calls.ts";
export type { CallSocket, OpenSocket } from "./transport/call-socket.ts";
export { createWebSocketTransport, type WebSocketTransportOptions } from "./transport/web-socket-transport.ts";
