import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Registry } from "prom-client";
import { delay } from "../../domain/delay.ts";
import { TooMuchWork } from "../../domain/errors.ts";
import type { ProcessPlace } from "../../domain/process-place.ts";
import type { CallObserver } from "../../interceptors/observe-calls.ts";
import type { FiguresSource, ServerFigures } from "../../services/operations/domain/server-figures.ts";
import { durationsOf } from "./durations.ts";
import { FailedCalls } from "./failed-calls.ts";
import { METHOD_METRICS, methodFigures, recentBuckets } from "./method-figures.ts";
import { type Growth, ReadingWindow } from "./reading-window.ts";
import { type Reading, readMetrics } from "./readings.ts";

/** How often figures are sent, and how often they are read for what is recent while nobody watches, in milliseconds. */
const SEND_MS = 2_000;
const READ_MS = 5_000;
/** How many may watch at a time. */
const MAX_WATCHERS = 100;

const REFUSED = ["rpc_calls_refused_total", "connections_refused_total", "answers_refused_total"] as const;
const METRICS = [
  ...METHOD_METRICS,
  ...REFUSED,
  ...["connections_open", "rpc_calls_open", "rpc_handlers_running", "answers_open", "rpc_request_bytes_held", "held"],
  ...["process_resident_memory_bytes", "nodejs_heap_size_used_bytes"],
  ...["store_writes_pending", "store_lag_seconds", "store_write_seconds", "store_sync_seconds"],
  ...["model_version", "model_training_running", "model_failed", "model_changed_likes"],
];

/** What shows how a server is. */
export interface Operations extends FiguresSource {
  /** Notes the calls that the server is to blame for. */
  readonly observer: CallObserver;
  /** How many watch. */
  readonly watchers: number;
  /** Stops reading. */
  close(): void;
}

/** A server of one process. */
const ALONE: ProcessPlace = { place: 1, processes: 1 };

/** Creates what shows how a process of a server is, by its metrics. */
export function createOperations(
  registry: Registry,
  processPlace: () => ProcessPlace | undefined = () => ALONE,
): Operations {
  const failed = new FailedCalls();
  const startedAt = performance.now();
  const window = new ReadingWindow({ at: startedAt, samples: new Map() });
  // Not the one of the metrics, which begins again each time it is read.
  const loop = monitorEventLoopDelay({ resolution: 10 });
  loop.enable();
  let watchers = 0;
  let latest: { readonly at: number; readonly figures: Promise<ServerFigures> } | undefined;

  async function read(): Promise<Reading> {
    const reading = await readMetrics(registry, METRICS);
    window.add(reading);
    return reading;
  }

  /** What the event loop was late by since this was asked for before. */
  function readEventLoop() {
    const late = { p99: loop.percentile(99) / 1e9, max: loop.max / 1e9 };
    loop.reset();
    return late;
  }

  async function readFigures(): Promise<ServerFigures> {
    const reading = await read();
    const { p99, max } = readEventLoop();
    const { place, processes } = processPlace() ?? ALONE;
    return {
      ...figuresOf(reading, window.until(reading)),
      uptimeSeconds: (reading.at - startedAt) / 1_000,
      failedCalls: failed.latest,
      process: {
        residentBytes: one(reading, "process_resident_memory_bytes"),
        heapBytes: one(reading, "nodejs_heap_size_used_bytes"),
        eventLoopP99Seconds: p99,
        eventLoopMaxSeconds: max,
        place,
        processes,
      },
    };
  }

  /** Figures that are as good as new: all who watch are shown the same, which are read once. */
  function latestFigures(): Promise<ServerFigures> {
    const now = performance.now();
    if (latest === undefined || now - latest.at >= SEND_MS / 2) latest = { at: now, figures: readFigures() };
    return latest.figures;
  }

  const timer = setInterval(() => {
    if (watchers > 0) return;
    // What the first to watch is shown of the event loop is of the last seconds, too.
    readEventLoop();
    // A metric that cannot be read is the concern of who asks for it.
    read().catch(() => undefined);
  }, READ_MS).unref();

  return {
    observer: failed.observer,
    get watchers() {
      return watchers;
    },
    async *watch(signal) {
      if (watchers >= MAX_WATCHERS)
        throw new TooMuchWork(`${MAX_WATCHERS} clients watch already, and there may be no more`);
      watchers += 1;
      try {
        for (;;) {
          signal.throwIfAborted();
          yield await latestFigures();
          await delay(SEND_MS, signal);
        }
      } finally {
        watchers -= 1;
        if (watchers === 0) latest = undefined;
      }
    },
    close() {
      clearInterval(timer);
      loop.disable();
    },
  };
}

function figuresOf(reading: Reading, growth: Growth): Omit<ServerFigures, "uptimeSeconds" | "failedCalls" | "process"> {
  const { samples } = reading;
  const recent = (name: string) =>
    durationsOf(recentBuckets(`${name}_bucket`, samples.get(`${name}_bucket`) ?? [], growth));
  return {
    time: new Date(),
    recentSeconds: growth.seconds,
    methods: methodFigures(reading, growth),
    refusals: REFUSED.flatMap((metric) =>
      (samples.get(metric) ?? []).map((read) => ({
        metric,
        reason: String(read.labels.reason),
        count: read.value,
        recent: growth.of(metric, read),
      })),
    ),
    load: {
      connections: one(reading, "connections_open"),
      calls: one(reading, "rpc_calls_open"),
      handlers: one(reading, "rpc_handlers_running"),
      answers: one(reading, "answers_open"),
      requestBytes: one(reading, "rpc_request_bytes_held"),
      held: Object.fromEntries((samples.get("held") ?? []).map(({ labels, value }) => [String(labels.what), value])),
    },
    store: {
      pendingWrites: one(reading, "store_writes_pending"),
      lagSeconds: one(reading, "store_lag_seconds"),
      recentWrites: recent("store_write_seconds"),
      recentSyncs: recent("store_sync_seconds"),
    },
    model: {
      version: one(reading, "model_version"),
      isTraining: one(reading, "model_training_running") === 1,
      hasFailed: one(reading, "model_failed") === 1,
      changedLikes: one(reading, "model_changed_likes"),
    },
  };
}

/** The value of a metric that has one; 0 where there is none. */
function one({ samples }: Reading, name: string): number {
  return samples.get(name)?.[0]?.value ?? 0;
}
