import type { ListeningProcess } from "./listening-process.ts";
import type { FromProcess, MetricsFormat, ProcessMetrics } from "./messages.ts";

/** How long a process may take to give its metrics, in milliseconds: one that is stuck is left out, and the others are shown. */
const TIMEOUT_MS = 2_000;

let lastId = 0;

/** Asks processes for their metrics; resolves with those of all that answer in time. */
export async function gatherMetrics(
  processes: readonly ListeningProcess[],
  format: MetricsFormat,
): Promise<readonly ProcessMetrics[]> {
  const id = ++lastId;
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), TIMEOUT_MS);
  const answers = await Promise.all(processes.map((process) => metricsOf(process, { id, format, over: over.signal })));
  clearTimeout(timer);
  return processes.flatMap(({ place }, index) => {
    const text = answers[index];
    return text === undefined ? [] : [{ place, text }];
  });
}

interface Question {
  readonly id: number;
  readonly format: MetricsFormat;
  /** Aborted when an answer comes too late. */
  readonly over: AbortSignal;
}

function metricsOf({ worker }: ListeningProcess, { id, format, over }: Question): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const take = (message: FromProcess) => {
    if (message.kind === "metrics" && message.id === id) resolve(message.text);
  };
  const giveUp = () => resolve(undefined);
  worker.on("message", take);
  worker.once("exit", giveUp);
  over.addEventListener("abort", giveUp);
  if (worker.isConnected()) worker.send({ kind: "give-metrics", id, format }, () => undefined);
  else giveUp();
  return promise.finally(() => {
    worker.off("message", take);
    worker.off("exit", giveUp);
  });
}
