import type { Row } from "./row.ts";
import { connectUnaryBinary, connectUnaryJson } from "./rows/connect-unary.ts";
import { fanOut } from "./rows/fan-out.ts";
import { grpcUnary } from "./rows/grpc-unary.ts";
import { grpcWebUnary } from "./rows/grpc-web-unary.ts";
import { idleMemory } from "./rows/idle-memory.ts";
import { latency } from "./rows/latency.ts";
import { serverStream } from "./rows/server-stream.ts";
import { websocketBidi, websocketUnary } from "./rows/websocket.ts";

/** Every row, in the order of the report. */
export const allRows: readonly Row[] = [
  grpcUnary,
  grpcWebUnary,
  connectUnaryBinary,
  connectUnaryJson,
  serverStream,
  fanOut,
  idleMemory,
  latency,
  websocketUnary,
  websocketBidi,
];
