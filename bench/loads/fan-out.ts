import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { forAWhile } from "./for-a-while.ts";
import { openHttp2Connection } from "./http2-connection.ts";
import { requestFrames } from "./http2-request.ts";
import type { Watchers } from "./watchers.ts";

/** How many events are on their way at any time: enough that the server always has the next. */
const EVENTS_AT_ONCE = 4;

/**
 * Makes one event after the other by a gRPC call, each as soon as all watchers have an earlier one; resolves with the deliveries a
 * second. All that were made have arrived when it does.
 */
export async function fanOut(
  server: RunningServer,
  call: Call,
  watchers: Watchers,
  streams: number,
  seconds: number,
): Promise<number> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const { promise: allArrived, resolve: arrived } = Promise.withResolvers<void>();
  const request = requestFrames(call, server);
  const ignore = () => undefined;
  const connection = await openHttp2Connection(server, request, {
    onData: ignore,
    onEnd: ignore,
    onFailure: fail,
  });
  const before = watchers.received();
  const done = () => watchers.received() - before;
  let made = 0;
  let going = true;
  const makeEvents = () => {
    for (; going && made * streams < done() + EVENTS_AT_ONCE * streams; made++) connection.open();
    if (!going && done() >= made * streams) arrived();
  };
  watchers.onReceived(makeEvents);
  makeEvents();
  const anyFailed = Promise.race([failed, watchers.failed]);
  const end = () => {
    going = false;
    makeEvents();
  };
  try {
    const rate = await forAWhile({ done, failed: anyFailed, end }, seconds);
    await Promise.race([allArrived, anyFailed]);
    return rate;
  } finally {
    connection.close();
  }
}
