import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { RunningServer } from "../servers/server-spec.ts";
import type { GreedyClientData } from "./greedy-thread.ts";

/** A client that takes what it gets. */
export interface GreedyClient {
  /** How many of its calls have ended since it was open, well or not. */
  ended(): Promise<number>;
  close(): Promise<void>;
}

/** Opens many connections, in a thread of their own, each of which calls Recommend on and on; resolves once all do. */
export async function openGreedyClient(
  { port, isEncrypted }: RunningServer,
  connections: number,
): Promise<GreedyClient> {
  const workerData: GreedyClientData = { port, isEncrypted, connections };
  const worker = new Worker(new URL("greedy-thread.ts", import.meta.url), { workerData });
  await once(worker, "message");
  return {
    async ended() {
      worker.postMessage("how many");
      const [count] = await once(worker, "message");
      return Number(count);
    },
    async close() {
      await worker.terminate();
    },
  };
}
