import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { type Http2Connection, openHttp2Connection } from "./http2-connection.ts";
import { requestFrames } from "./http2-request.ts";

/** How many calls one connection has open at most; those that are due meanwhile wait, and their time runs. */
const MAX_OPEN = 500;
/** How long answers are waited for at the end, in milliseconds. */
const LAST_ANSWERS_MS = 2_000;

/** A connection and its calls, by the numbers of their streams: when each was due. */
interface PacedConnection {
  readonly connection: Http2Connection;
  readonly due: Map<number, number>;
}

/**
 * Makes calls at a steady rate, whether or not earlier ones are answered; resolves with how long each took from when it was due, in
 * milliseconds. Those without an answer at the end count with the time until then.
 */
export async function pacedLoad(
  server: RunningServer,
  call: Call,
  connections: number,
  callsPerSecond: number,
  seconds: number,
): Promise<number[]> {
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  const request = requestFrames(call, server);
  const taken: number[] = [];

  async function openConnection(): Promise<PacedConnection> {
    const due = new Map<number, number>();
    const connection = await openHttp2Connection(server, request, {
      onData: () => undefined,
      onEnd(stream) {
        taken.push(performance.now() - (due.get(stream) ?? 0));
        due.delete(stream);
      },
      onFailure: fail,
    });
    return { connection, due };
  }

  const paced = await Promise.all(Array.from({ length: connections }, openConnection));
  try {
    await Promise.race([pace(paced, callsPerSecond, seconds), failed]);
    await Promise.race([untilAnswered(paced), failed]);
    const end = performance.now();
    return [...taken, ...paced.flatMap(({ due }) => [...due.values()].map((time) => end - time))];
  } finally {
    for (const { connection } of paced) connection.close();
  }
}

/** Opens a call on one connection after the other, each when it is due. Reads the clock in every turn of the event loop: timers are too coarse. */
function pace(paced: readonly PacedConnection[], callsPerSecond: number, seconds: number): Promise<void> {
  const interval = 1_000 / callsPerSecond;
  const total = Math.max(1, Math.round(callsPerSecond * seconds));
  const start = performance.now();
  let made = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const turn = () => {
    const now = performance.now();
    for (; made < total && start + made * interval <= now; made++) {
      const next = paced[made % paced.length];
      if (next === undefined || next.due.size >= MAX_OPEN) break;
      next.due.set(next.connection.open(), start + made * interval);
    }
    // A server that is far too slow does not keep the benchmark waiting for ever.
    if (made === total || now > start + 3_000 * seconds) resolve();
    else setImmediate(turn);
  };
  turn();
  return promise;
}

function untilAnswered(paced: readonly PacedConnection[]): Promise<void> {
  const deadline = performance.now() + LAST_ANSWERS_MS;
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    if (paced.every(({ due }) => due.size === 0) || performance.now() > deadline) resolve();
    else setImmediate(look);
  };
  look();
  return promise;
}
