import { EventEmitter, once } from "node:events";

/** Whether a service can take calls; `unknown` when there is none of that name. */
export type ServiceStatus = "serving" | "not-serving" | "unknown";

/** The name that stands for the server as a whole. */
const WHOLE_SERVER = "";

/** Whether the server can take calls. All services share one process, so they have one status; what differs is which names are known. */
export interface Health {
  /** What keeps the server from taking calls, in words for an operator; undefined when nothing does. */
  readonly obstacle: string | undefined;
  /** How many watch. */
  readonly watchers: number;
  /** Makes services known. */
  add(services: Iterable<string>): void;
  /** The status of a service now; the empty name is the server as a whole. */
  status(service: string): ServiceStatus;
  /** Every name that is known, that of the server included. */
  names(): readonly string[];
  /**
   * Yields the status now, then every change. A watcher that is slower than the changes gets the latest, so it costs no memory.
   * Never ends by itself; rejects with the signal's reason once that is aborted.
   */
  watch(service: string, signal: AbortSignal): AsyncIterable<ServiceStatus>;
  /** Takes note of what keeps the server from taking calls, in words for an operator; undefined when nothing does. */
  setObstacle(obstacle: string | undefined): void;
  /** Says, for good, that the server takes no more calls. Resolves once every watcher has taken that in or has left. */
  shutDown(): Promise<void>;
}

const CHANGED = "changed";

/** Resolves at the next change; rejects with the signal's reason once that is aborted. */
async function changeOf(changes: EventEmitter, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await once(changes, CHANGED, { signal });
  } catch {
    throw signal.reason;
  }
}

/** Creates the health of a server that can take calls and has no services yet. */
export function createHealth(): Health {
  const known = new Set([WHOLE_SERVER]);
  const watchers = new Set<symbol>();
  const changes = new EventEmitter().setMaxListeners(0);
  const allNotified = Promise.withResolvers<void>();
  /** The watchers that have not been notified of the end; undefined before it. */
  let toNotify: Set<symbol> | undefined;
  let noted: string | undefined;

  const obstacle = () => {
    if (toNotify !== undefined) return "the server is shutting down";
    return noted;
  };

  function status(service: string): ServiceStatus {
    if (!known.has(service)) return "unknown";
    return obstacle() === undefined ? "serving" : "not-serving";
  }

  function notified(watcher: symbol): void {
    if (toNotify?.delete(watcher) && toNotify.size === 0) allNotified.resolve();
  }

  async function* watch(service: string, signal: AbortSignal): AsyncGenerator<ServiceStatus> {
    const watcher = Symbol(service);
    watchers.add(watcher);
    let last: ServiceStatus | undefined;
    try {
      for (;;) {
        const current = status(service);
        if (current !== last) {
          last = current;
          yield current;
        } else {
          // A watcher that asks for the next status has taken in the last one.
          notified(watcher);
          await changeOf(changes, signal);
        }
      }
    } finally {
      watchers.delete(watcher);
      notified(watcher);
    }
  }

  return {
    get obstacle() {
      return obstacle();
    },
    get watchers() {
      return watchers.size;
    },
    add(services) {
      for (const service of services) known.add(service);
      changes.emit(CHANGED);
    },
    status,
    names: () => [...known],
    watch,
    setObstacle(next) {
      if (next === noted) return;
      noted = next;
      changes.emit(CHANGED);
    },
    shutDown() {
      if (toNotify === undefined) {
        toNotify = new Set(watchers);
        if (toNotify.size === 0) allNotified.resolve();
        changes.emit(CHANGED);
      }
      return allNotified.promise;
    },
  };
}
