import cluster, { type Worker } from "node:cluster";
import { setTimeout as setTimer } from "node:timers";
import { setTimeout } from "node:timers/promises";
import type { Logger } from "pino";
import { gatherMetrics } from "./gather-metrics.ts";
import type { ListeningProcess } from "./listening-process.ts";
import type { FromProcess, ToProcess } from "./messages.ts";

/** How many processes to run, and what is told of them. */
export interface PrimaryOptions {
  readonly count: number;
  /** How long after it was told to end a process may run, in milliseconds: one that is stuck does not end by itself, and is killed. */
  readonly killAfterMs: number;
  readonly logger: Pick<Logger, "info" | "error">;
}

/** A process has ended before it listened; what kept it from that it has said itself. */
export class ProcessNotStarted extends Error {
  override name = "ProcessNotStarted";
}

/** How long after a process has failed to start comes the next attempt, in milliseconds. */
const RETRY_MS = 1_000;

/** Runs several processes that share one port, replaces those that die, and restarts them one after the other. */
export class Primary {
  readonly #options: PrimaryOptions;
  /** The process that takes calls at each place. */
  readonly #current = new Map<number, ListeningProcess>();
  /** The process of each place that does not listen yet: a place has one at a time. */
  readonly #starting = new Map<number, Promise<ListeningProcess>>();
  /** All that have not ended, and what resolves once they have. */
  readonly #all = new Map<Worker, Promise<void>>();
  readonly #stopping = new AbortController();
  #restarting: Promise<void> | undefined;

  constructor(options: PrimaryOptions) {
    this.#options = options;
    // Each connection goes to the next process: left to the system, one gets most of them.
    cluster.schedulingPolicy = cluster.SCHED_RR;
  }

  /**
   * Starts all processes, the first alone, so that what keeps them from starting is said once and tables are made once. Resolves with what the first says.
   * Rejects with ProcessNotStarted when one of them ends before it listens, or with what keeps it from being made; then none is left.
   */
  async start(): Promise<string> {
    try {
      const { text } = await this.#startAt(1);
      await Promise.all(Array.from({ length: this.#options.count - 1 }, (_, index) => this.#startAt(index + 2)));
      return text;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Starts a new process at each place, one after the other, and has the one before end once that listens. While that is under way, it is not begun again. */
  restart(): Promise<void> {
    this.#restarting ??= this.#restartAll().finally(() => {
      this.#restarting = undefined;
    });
    return this.#restarting;
  }

  /** Has all processes drain, and those end at once that do not listen yet; resolves when they have ended, which those that are stuck are made to. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(Array.from(this.#all, ([worker, exited]) => this.#end({ worker, exited }, "stop")));
  }

  async #end({ worker, exited }: Pick<ListeningProcess, "worker" | "exited">, kind: "stop" | "leave"): Promise<void> {
    tell(worker, { kind });
    const kill = setTimer(() => {
      this.#options.logger.error({ pid: worker.process.pid }, "a process is stuck and is killed");
      worker.process.kill("SIGKILL");
    }, this.#options.killAfterMs);
    await exited;
    clearTimeout(kill);
  }

  async #restartAll(): Promise<void> {
    const { count, logger } = this.#options;
    for (let place = 1; place <= count; place++) {
      // One that is starting may have read the files of the program as they were.
      await this.#starting.get(place)?.catch(() => undefined);
      if (this.#stopping.signal.aborted) return;
      const before = this.#current.get(place);
      try {
        await this.#startAt(place);
      } catch (error) {
        logger.error({ err: error, place }, "the restart is given up: the processes there are serve on");
        return;
      }
      if (before === undefined) continue;
      await this.#end(before, "leave");
    }
    logger.info("all processes have been restarted");
  }

  /** Starts a process, which takes its place once it listens; while one is starting there, gives that. */
  #startAt(place: number): Promise<ListeningProcess> {
    const underWay = this.#starting.get(place);
    if (underWay) return underWay;
    const starting = this.#start(place).finally(() => this.#starting.delete(place));
    this.#starting.set(place, starting);
    return starting;
  }

  async #start(place: number): Promise<ListeningProcess> {
    if (this.#stopping.signal.aborted) throw new ProcessNotStarted(`process ${place} is not started: the server ends`);
    const worker = cluster.fork();
    const listening = Promise.withResolvers<string>();
    worker.on("message", (message: FromProcess) => {
      if (message.kind === "listening") listening.resolve(message.text);
      else if (message.kind === "ask-metrics") void this.#answerMetrics(worker, message);
    });
    const exited = endOf(worker).then((end) => {
      this.#all.delete(worker);
      listening.reject(end instanceof Error ? end : new ProcessNotStarted(`process ${place} has ended with ${end}`));
      if (this.#current.get(place)?.worker === worker) void this.#replace(place, end);
    });
    this.#all.set(worker, exited);
    tell(worker, { kind: "placed", place, processes: this.#options.count });
    const process = { place, worker, exited, text: await listening.promise };
    this.#current.set(place, process);
    return process;
  }

  async #answerMetrics(worker: Worker, { id, format }: MetricsQuestion): Promise<void> {
    const all = await gatherMetrics([...this.#current.values()], format);
    tell(worker, { kind: "all-metrics", id, all });
  }

  async #replace(place: number, status: ProcessEnd): Promise<void> {
    const { logger } = this.#options;
    const { signal } = this.#stopping;
    this.#current.delete(place);
    if (signal.aborted) return;
    logger.error({ place, status }, "a process has ended: starting another");
    while (!signal.aborted && !this.#current.has(place)) {
      try {
        await this.#startAt(place);
      } catch (error) {
        // One that has begun has said why it ended.
        if (!(error instanceof ProcessNotStarted)) logger.error({ err: error, place }, "a process cannot be started");
        await setTimeout(RETRY_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}

/** How a process has ended: with a status or by a signal, or the error that kept it from being made. */
type ProcessEnd = number | string | Error;

type MetricsQuestion = Extract<FromProcess, { readonly kind: "ask-metrics" }>;

function endOf(worker: Worker): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    worker.once("exit", (code: number | null, signal: string | null) => resolve(signal ?? code ?? 0));
    // Of one that runs it only says that a message or a signal did not reach it.
    worker.on("error", (error) => {
      if (worker.process.pid === undefined) resolve(error);
    });
  });
}

/** What is told to a process that has just ended need not arrive. */
function tell(worker: Worker, message: ToProcess): void {
  if (worker.isConnected()) worker.send(message, () => undefined);
}
