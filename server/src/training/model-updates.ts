import type { Logger } from "pino";
import type { ModelOnDuty } from "./model-on-duty.ts";
import type { RunningUpdates, RunUpdates } from "./run-updates.ts";

/** What keeping the served model up to date takes. */
export interface ModelUpdatesOptions {
  readonly dataDir: string;
  readonly duty: ModelOnDuty;
  readonly run: RunUpdates;
  readonly logger: Pick<Logger, "warn">;
  readonly now: () => Date;
}

/** Keeps the served model up to date with what readers like. */
export interface ModelUpdates {
  /** Has the served model brought up to date, soon: likes were given or taken back since it was trained. */
  look(): void;
  /** Gives up what another model than the one that is served now is kept up to date with. */
  renew(): void;
  /** Resolves when nothing is running any more; to be asked for once the signal is aborted. */
  stopped(): Promise<void>;
}

interface Running {
  readonly version: number;
  readonly updates: RunningUpdates;
  readonly stop: AbortController;
}

/**
 * Makes what keeps models up to date: one at a time, the served one, and nothing before the first like has changed. Where it fails, that model stays as it is
 * until the next is trained, and the log says why.
 */
export function createModelUpdates(options: ModelUpdatesOptions, signal: AbortSignal): ModelUpdates {
  const { dataDir, duty, run, logger, now } = options;
  let running: Running | undefined;
  const ends = new Set<Promise<void>>();

  /** The model that is to be kept up to date: that of the books that are served. */
  function current(): number | undefined {
    return duty.model?.fingerprint === duty.fingerprint ? duty.model.version : undefined;
  }

  function start(version: number): Running {
    const stop = new AbortController();
    const updates = run(
      { dataDir, version, library: duty.books.library },
      ({ model, solved }) => {
        if (current() === version) duty.updateModel(model, { books: solved, at: now() });
      },
      AbortSignal.any([signal, stop.signal]),
    );
    const end = updates.ended
      .catch((error: unknown) => {
        if (!signal.aborted && !stop.signal.aborted)
          logger.warn({ err: error, version }, "the model is not kept up to date until the next is trained");
      })
      .finally(() => ends.delete(end));
    ends.add(end);
    return { version, updates, stop };
  }

  function renew(): void {
    if (running === undefined || running.version === current()) return;
    running.stop.abort(new Error("another model is served"));
    running = undefined;
  }

  return {
    renew,
    look() {
      renew();
      const version = current();
      if (version === undefined || signal.aborted) return;
      running ??= start(version);
      running.updates.look();
    },
    async stopped() {
      await Promise.all(ends);
    },
  };
}
