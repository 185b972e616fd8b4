import type { Kysely, Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** What a job that writes is given: one object for each attempt at a transaction, shared by its jobs. */
export interface WriteContext {
  /** The transaction to write in. */
  readonly transaction: Transaction<Tables>;
  /** Has something done as soon as the transaction is durable, before the job's caller hears of it, in the order of the jobs. */
  afterCommit(effect: () => void): void;
}

/** A job that writes. It may run twice (see `createCommitQueue`), so all it does outside the transaction goes to afterCommit. */
export type WriteJob<T> = (context: WriteContext) => Promise<T> | T;

interface QueuedJob {
  readonly run: WriteJob<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** How many jobs share one transaction at most, so that a burst cannot hold up readers for long. */
const MAX_BATCH = 256;
/** How long a transaction waits for more jobs while they keep coming, in milliseconds. */
const GATHER_MS = 1;

/**
 * Commits jobs in groups: all that are waiting when a transaction starts share it, so that one sync to disk serves every
 * call of a burst, and those that come during the sync make the next group. When a job of a group fails the group is rolled
 * back and its jobs run again one by one, so a failing job never takes another with it. Once a sync has failed, no job is taken any more: the
 * process has to be started again, which reads what is really on the disk.
 */
export function createCommitQueue(kysely: Kysely<Tables>, sync: () => Promise<void>) {
  const waiting: QueuedJob[] = [];
  let draining: Promise<void> | undefined;
  // What a disk did not write once it may never write, and what comes after a gap in the log is lost with it: so nothing comes after it.
  let broken: { readonly error: unknown } | undefined;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await gather();
      const batch = waiting.splice(0, MAX_BATCH);
      if (await commit(batch)) continue;
      for (const job of batch) await commit([job]);
    }
    draining = undefined;
  }

  /**
   * Waits for the end of the turn of the event loop, and of each further one that has brought more jobs: they join the same transaction, as
   * a sync takes as long as several small calls.
   */
  async function gather(): Promise<void> {
    const start = performance.now();
    let seen: number;
    do {
      seen = waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    } while (waiting.length > seen && waiting.length < MAX_BATCH && performance.now() - start < GATHER_MS);
  }

  /** Commits jobs together; returns false when one of several has failed, and then nothing of them is stored. */
  async function commit(jobs: readonly QueuedJob[]): Promise<boolean> {
    if (broken !== undefined) {
      for (const job of jobs) job.reject(broken.error);
      return true;
    }
    let committed: Committed;
    try {
      committed = await runInTransaction(kysely, jobs);
    } catch (error) {
      if (jobs.length > 1) return false;
      jobs[0]?.reject(error);
      return true;
    }
    const failure = await sync().then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    // Also where the disk fails: what is committed is there for all to see, only nobody is told that it will stay.
    for (const effect of committed.effects) effect();
    broken ??= failure;
    jobs.forEach((job, index) => {
      if (failure === undefined) job.resolve(committed.results[index]);
      else job.reject(failure.error);
    });
    return true;
  }

  return {
    /** Queues a job; see `Database.write`. */
    write<T>(job: WriteJob<T>): Promise<T> {
      if (broken !== undefined) return Promise.reject(broken.error);
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      waiting.push({ run: job, resolve, reject });
      draining ??= drain();
      // The queue holds jobs of every type; what comes back is what this job returned.
      return promise as Promise<T>;
    },
    /** Resolves when nothing is waiting or running. */
    async idle(): Promise<void> {
      await draining;
    },
  };
}

/** What jobs leave behind in a transaction. */
interface Committed {
  readonly results: readonly unknown[];
  readonly effects: readonly (() => void)[];
}

async function runInTransaction(kysely: Kysely<Tables>, jobs: readonly QueuedJob[]): Promise<Committed> {
  const effects: (() => void)[] = [];
  const results = await kysely.transaction().execute(async (transaction) => {
    const context: WriteContext = { transaction, afterCommit: (effect) => effects.push(effect) };
    const values: unknown[] = [];
    for (const job of jobs) {
      const value = job.run(context);
      // Most jobs only store an event, which takes less time than waiting for a promise does.
      values.push(value instanceof Promise ? await value : value);
    }
    return values;
  });
  return { results, effects };
}
