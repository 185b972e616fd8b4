import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { openHttp2Connection } from "./http2-connection.ts";
import { requestFrames } from "./http2-request.ts";
import type { Watchers } from "./watchers.ts";

/**
 * Makes one event after the other by a gRPC call, each once it is answered and all watchers have the one before; resolves with how long each took from
 * when its call was made until the last of them had it, in milliseconds.
 */
export async function deliveryTimes(
  server: RunningServer,
  call: Call,
  watchers: Watchers,
  streams: number,
  seconds: number,
): Promise<number[]> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let answered: () => void = () => undefined;
  const connection = await openHttp2Connection(server, requestFrames(call, server), {
    onData: () => undefined,
    onEnd: () => answered(),
    onFailure: fail,
  });
  const anyFailed = Promise.race([failed, watchers.failed]);
  const taken: number[] = [];
  const end = performance.now() + seconds * 1_000;
  try {
    do {
      const answer = new Promise<void>((resolve) => {
        answered = resolve;
      });
      const wanted = watchers.received() + streams;
      const delivered = new Promise<void>((resolve) => {
        watchers.onReceived(() => watchers.received() >= wanted && resolve());
      });
      const start = performance.now();
      connection.open();
      await Promise.race([delivered, anyFailed]);
      taken.push(performance.now() - start);
      await Promise.race([answer, anyFailed]);
    } while (performance.now() < end);
    return taken;
  } finally {
    connection.close();
  }
}
