import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { forAWhile } from "./for-a-while.ts";
import { type Http2Connection, openHttp2Connection } from "./http2-connection.ts";
import { requestFrames } from "./http2-request.ts";
import type { Concurrency, LoadResult } from "./load.ts";

/**
 * Load over HTTP/2 by this process, where h2load is not installed: every connection has so many calls open at any time. A call whose
 * answer is shorter than `answerBytes` counts as failed.
 */
export async function ownHttp2Load(
  server: RunningServer,
  call: Call,
  { connections, callsEach }: Concurrency,
  seconds: number,
  answerBytes: number,
): Promise<LoadResult> {
  const request = requestFrames(call, server);
  let answered = 0;
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // A load that no longer waits has its figure.
  failed.catch(() => undefined);
  async function open(): Promise<Http2Connection> {
    const received = new Map<number, number>();
    const connection = await openHttp2Connection(server, request, {
      onData: (stream, _buffer, start, end) => received.set(stream, (received.get(stream) ?? 0) + end - start),
      onEnd(stream) {
        const bytes = received.get(stream) ?? 0;
        received.delete(stream);
        if (bytes < answerBytes) fail(new Error(`a call failed under load: its answer had ${bytes} bytes`));
        answered++;
        connection.open();
      },
      onFailure: fail,
    });
    return connection;
  }

  const opened = await Promise.all(Array.from({ length: connections }, open));
  for (const connection of opened) for (let index = 0; index < callsEach; index++) connection.open();
  const end = () => {
    for (const connection of opened) connection.close();
  };
  const callsPerSecond = await forAWhile({ done: () => answered, failed, end }, seconds);
  return { callsPerSecond, calls: answered };
}
