import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { quantile } from "../statistics.ts";

/** How another client was served meanwhile. */
export interface CalmFigures {
  readonly calls: number;
  readonly failed: number;
  /** Milliseconds from call to answer. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** How long a client that means no harm waits between its calls, in milliseconds. */
const PAUSE_MS = 10;
/** How long one of its calls may take before it counts as failed, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Makes one call after the other, on a connection of its own, until `during` has ended; resolves with what that gives and how the calls went. */
export async function beside<T>(baseUrl: string, during: () => Promise<T>): Promise<[T, CalmFigures]> {
  const greeter = createClient(GreeterService, createGrpcTransport({ baseUrl, idleConnectionTimeoutMs: 100 }));
  const taken: number[] = [];
  let failed = 0;
  let isOver = false;
  const calls = (async () => {
    do {
      const start = performance.now();
      try {
        await greeter.listLanguages({}, { timeoutMs: TIMEOUT_MS });
        taken.push(performance.now() - start);
      } catch {
        failed += 1;
      }
      await pause(PAUSE_MS);
    } while (!isOver);
  })();
  try {
    const result = await during();
    return [result, await figures()];
  } finally {
    isOver = true;
  }

  async function figures(): Promise<CalmFigures> {
    isOver = true;
    await calls;
    const of = (share: number) => (taken.length === 0 ? Number.NaN : quantile(taken, share));
    return { calls: taken.length + failed, failed, p50: of(0.5), p99: of(0.99), max: of(1) };
  }
}
