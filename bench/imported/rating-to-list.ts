import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { grpcCall } from "../call.ts";
import { openHttp2Connection } from "../loads/http2-connection.ts";
import { requestFrames } from "../loads/http2-request.ts";
import { openWatchers } from "../loads/watchers.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { READER } from "./make-reader.ts";

const { rateBook, watchRecommendations } = RecommendationService.method;
const STARS = 5;

/**
 * Rates a book and takes the rating back, again and again, while the reader's list is watched; resolves with how long each new list took
 * to arrive from when the rating was sent, in milliseconds.
 */
export async function ratingsToLists(server: RunningServer, bookId: number, seconds: number): Promise<number[]> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const watchers = await openWatchers(server, grpcCall(watchRecommendations, { userId: READER }), 1);
  const ignore = () => undefined;
  const changes = [{ case: "stars", value: STARS } as const, { case: "withdraw", value: true } as const];
  const connections = await Promise.all(
    changes.map((change) => {
      const call = grpcCall(rateBook, { userId: READER, bookId, change });
      return openHttp2Connection(server, requestFrames(call, server), {
        onData: ignore,
        onEnd: ignore,
        onFailure: fail,
      });
    }),
  );
  try {
    await watchers.open(1);
    const times: number[] = [];
    const end = performance.now() + seconds * 1_000;
    // As many ratings as withdrawals, so that the reader is left as found.
    while (performance.now() < end || times.length % changes.length !== 0) {
      const { promise: arrived, resolve } = Promise.withResolvers<void>();
      watchers.onReceived(resolve);
      const start = performance.now();
      connections[times.length % changes.length]?.open();
      await Promise.race([arrived, failed, watchers.failed]);
      times.push(performance.now() - start);
    }
    return times;
  } finally {
    watchers.close();
    for (const connection of connections) connection.close();
  }
}
