// biome-ignore-all lint/performance/noBarrelFile: the entry of a package; what others may use is listed here and nowhere else.
export { browserEnvironment } from "./environment/browser-environment.ts";
export type { Cancel, StreamEnvironment } from "./environment/stream-environment.ts";
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
export type { CallSocket, OpenSocket } from "./transport/call-socket.ts";
export { createWebSocketTransport, type WebSocketTransportOptions } from "./transport/create-web-socket-transport.ts";
