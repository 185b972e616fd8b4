import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { openHttp2Connection } from "./http2-connection.ts";
import { requestFrames } from "./http2-request.ts";
import type { Watchers } from "./watchers.ts";

/** How long one event took until the last of its watchers had it, in milliseconds. */
export interface DeliveryTime {
  /** From when its call was made. */
  readonly sinceCall: number;
  /** From when the answer to that call was there; negative where the watchers had it before. */
  readonly sinceAnswer: number;
}

/** Makes one event after the other by a gRPC call, each once it is answered and all watchers have the one before; resolves with how long each took. */
export async function deliveryTimes(
  server: RunningServer,
  call: Call,
  watchers: Watchers,
  streams: number,
  seconds: number,
): Promise<DeliveryTime[]> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  let answered: (at: number) => void = () => undefined;
  const connection = await openHttp2Connection(server, requestFrames(call, server), {
    onData: () => undefined,
    onEnd: () => answered(performance.now()),
    onFailure: fail,
  });
  const anyFailed = Promise.race([failed, watchers.failed]);
  const taken: DeliveryTime[] = [];
  const end = performance.now() + seconds * 1_000;
  try {
    do {
      const answer = new Promise<number>((resolve) => {
        answered = resolve;
      });
      const wanted = watchers.received() + streams;
      const delivery = new Promise<number>((resolve) => {
        watchers.onReceived(() => watchers.received() >= wanted && resolve(performance.now()));
      });
      const start = performance.now();
      connection.open();
      const [deliveredAt, answeredAt] = await Promise.race([Promise.all([delivery, answer]), anyFailed]);
      taken.push({ sinceCall: deliveredAt - start, sinceAnswer: deliveredAt - answeredAt });
    } while (performance.now() < end);
    return taken;
  } finally {
    connection.close();
  }
}
