import cluster from "node:cluster";
import type { ProcessPlace } from "../domain/process-place.ts";
import { joinMetrics } from "../metrics/join-metrics.ts";
import type { FromProcess, MetricsFormat, ToProcess } from "./messages.ts";

/** What one process of several does for the others and for the primary. */
export interface OwnProcess {
  /** The metrics of this process alone. */
  metrics(format: MetricsFormat): Promise<string>;
  /** Ends it; `leaves` says that another has taken its place, so that calls on their way to it may still come. */
  stop(leaves: boolean): void;
}

/** The way from one process to the others of its server. */
export interface Siblings {
  /** The metrics of all processes in one text. Those of a process that does not answer in time are missing. */
  allMetrics(format: MetricsFormat): Promise<string>;
  /** Which of them this one is; undefined until it has heard. */
  place(): ProcessPlace | undefined;
  /** Says that this process listens, and does from now on what it is asked for. */
  listening(text: string, own: OwnProcess): void;
}

/**
 * Joins the primary of this process; undefined where it is none of several. Told to end before it listens, the process exits at once with status 0.
 * `onError` is called with what keeps it from giving its metrics.
 */
export function joinPrimary(onError: (error: unknown) => void): Siblings | undefined {
  if (!cluster.isWorker) return undefined;
  // It is for the primary alone, which restarts its processes.
  process.on("SIGHUP", () => undefined);
  const asked = new Map<number, (text: string) => void>();
  let lastId = 0;
  let own: OwnProcess | undefined;
  let place: ProcessPlace | undefined;
  const send = (message: FromProcess) => process.send?.(message);

  async function ownMetrics(format: MetricsFormat): Promise<string | undefined> {
    try {
      return await own?.metrics(format);
    } catch (error) {
      onError(error);
      return undefined;
    }
  }

  async function take(message: ToProcess): Promise<void> {
    switch (message.kind) {
      case "placed":
        place = message;
        break;
      case "leave":
      case "stop":
        // It has taken no call, so there is nothing to drain.
        if (own === undefined) process.exit(0);
        own.stop(message.kind === "leave");
        break;
      case "give-metrics":
        send({ kind: "metrics", id: message.id, text: await ownMetrics(message.format) });
        break;
      case "all-metrics":
        asked.get(message.id)?.(joinMetrics(message.all));
        asked.delete(message.id);
        break;
    }
  }

  process.on("message", (message) => void take(message as ToProcess));
  return {
    allMetrics(format) {
      const { promise, resolve } = Promise.withResolvers<string>();
      const id = ++lastId;
      asked.set(id, resolve);
      send({ kind: "ask-metrics", id, format });
      return promise;
    },
    place: () => place,
    listening(text, process) {
      own = process;
      send({ kind: "listening", text });
    },
  };
}
