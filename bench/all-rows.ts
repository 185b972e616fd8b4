import type { Row } from "./row.ts";
import { bidi } from "./rows/bidi.ts";
import { clientStream } from "./rows/client-stream.ts";
import { connectUnaryBinary, connectUnaryJson } from "./rows/connect-unary.ts";
import { fanOut } from "./rows/fan-out.ts";
import { formatBytes, formatCalls, formatTime } from "./rows/formats.ts";
import { grpcUnary, grpcUnaryAlone, grpcUnaryTls } from "./rows/grpc-unary.ts";
import { grpcWebUnary } from "./rows/grpc-web-unary.ts";
import { identity, identityBySession, identityByToken } from "./rows/identity.ts";
import { idleMemory } from "./rows/idle-memory.ts";
import { importMemory } from "./rows/import-memory.ts";
import { latency } from "./rows/latency.ts";
import { postgresUnary } from "./rows/postgres-unary.ts";
import { processes } from "./rows/processes.ts";
import { ratingToList } from "./rows/rating-to-list.ts";
import { recommend } from "./rows/recommend.ts";
import { replicaDelivery } from "./rows/replica-delivery.ts";
import { replicaWatchers } from "./rows/replica-watchers.ts";
import { score } from "./rows/score.ts";
import { scoreLarge } from "./rows/score-large.ts";
import { serverStream } from "./rows/server-stream.ts";
import { tracing } from "./rows/tracing.ts";
import { trainingLatency } from "./rows/training-latency.ts";
import { websocketBidi, websocketUnary } from "./rows/websocket.ts";

/** Every row, in the order of the report. */
export const allRows: readonly Row[] = [
  grpcUnary,
  grpcUnaryTls,
  grpcUnaryAlone,
  grpcWebUnary,
  connectUnaryBinary,
  connectUnaryJson,
  serverStream,
  clientStream,
  bidi,
  fanOut,
  idleMemory,
  latency,
  tracing,
  identity,
  identityByToken,
  identityBySession,
  postgresUnary,
  processes,
  replicaDelivery,
  replicaWatchers,
  websocketUnary,
  websocketBidi,
  formatBytes,
  formatTime,
  formatCalls,
  scoreLarge,
  recommend,
  score,
  ratingToList,
  trainingLatency,
  importMemory,
];
