import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { forAWhile } from "./for-a-while.ts";
import { type Http2Connection, openHttp2Connection } from "./http2-connection.ts";
import { requestFrames } from "./http2-request.ts";
import type { Concurrency } from "./load.ts";
import { createMessageCounter, type MessageCounter } from "./message-counter.ts";

/**
 * Bidirectional gRPC calls that stay open: each sends its message again whenever it was answered. Resolves with the messages that
 * were answered, a second; rejects when a call ends meanwhile.
 */
export async function pingPong(
  server: RunningServer,
  call: Call,
  { connections, callsEach }: Concurrency,
  seconds: number,
): Promise<number> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const request = requestFrames(call, server);
  let answered = 0;

  async function open(): Promise<Http2Connection> {
    const counters = new Map<number, MessageCounter>();
    const connection = await openHttp2Connection(server, request, {
      onData(stream, buffer, start, end) {
        const answers = counters.get(stream)?.(buffer, start, end) ?? 0;
        answered += answers;
        for (let index = 0; index < answers; index++) connection.sendMessage(stream);
      },
      onEnd: () => fail(new Error(`a conversation of ${call.path} ended`)),
      onFailure: fail,
    });
    for (let index = 0; index < callsEach; index++) counters.set(connection.open(), createMessageCounter());
    return connection;
  }

  const opened = await Promise.all(Array.from({ length: connections }, open));
  const end = () => {
    for (const connection of opened) connection.close();
  };
  return forAWhile({ done: () => answered, failed, end }, seconds);
}
