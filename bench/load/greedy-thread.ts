// The thread of a greedy client: posts "open" once all of its connections call, and then how many calls have ended, each time that it is asked.
import { parentPort, workerData } from "node:worker_threads";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { grpcCall } from "../call.ts";
import { type Http2Connection, openHttp2Connection } from "../loads/http2-connection.ts";
import { requestFrames } from "../loads/http2-request.ts";

/** What the thread is started with. */
export interface GreedyClientData {
  readonly port: number;
  readonly isEncrypted: boolean;
  readonly connections: number;
}

// Given by the one who starts the thread.
const { connections, ...server } = workerData as GreedyClientData;
const request = requestFrames(grpcCall(RecommendationService.method.recommend, { userId: 1 }), server);
const opened: Http2Connection[] = [];
let ended = 0;
for (let index = 0; index < connections; index += 1) opened.push(await open());
for (const connection of opened) connection.open();
parentPort?.on("message", () => parentPort?.postMessage(ended));
parentPort?.postMessage("open");

async function open(): Promise<Http2Connection> {
  const connection = await openHttp2Connection(server, request, {
    onData: () => undefined,
    onEnd() {
      ended += 1;
      connection.open();
    },
    // One that is cut calls no more.
    onFailure: () => connection.close(),
  });
  return connection;
}
