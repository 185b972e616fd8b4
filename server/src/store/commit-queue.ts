import type { Kysely, Transaction } from "kysely";
import type { Tables } from "./tables.ts";

/** What a job that writes is given: one object for each attempt at a transaction, shared by its jobs. */
export interface WriteContext {
  /** The transaction to write in. */
  readonly transaction: Transaction<Tables>;
  /** Has something done right after the commit, before the job's caller hears of it, in the order of the jobs. */
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

/**
 * Commits jobs in groups: all that are waiting when a transaction starts share it, so that one sync to disk serves every
 * call of a burst. When a job of a group fails the group is rolled back and its jobs run again one by one, so a
 * failing job never takes another with it.
 */
export function createCommitQueue(kysely: Kysely<Tables>) {
  const waiting: QueuedJob[] = [];
  let draining: Promise<void> | undefined;

  async function drain(): Promise<void> {
    // Leaves the current turn of the event loop first: the calls that arrived with it join the same transaction.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_BATCH);
      if (await commit(kysely, batch)) continue;
      for (const job of batch) await commitAlone(kysely, job);
    }
    draining = undefined;
  }

  return {
    /** Queues a job; see `Database.write`. */
    write<T>(job: WriteJob<T>): Promise<T> {
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

async function commit(kysely: Kysely<Tables>, jobs: readonly QueuedJob[]): Promise<boolean> {
  try {
    const results = await runInTransaction(kysely, jobs);
    jobs.forEach((job, index) => {
      job.resolve(results[index]);
    });
    return true;
  } catch (error) {
    if (jobs.length > 1) return false;
    jobs[0]?.reject(error);
    return true;
  }
}

async function commitAlone(kysely: Kysely<Tables>, job: QueuedJob): Promise<void> {
  await commit(kysely, [job]);
}

async function runInTransaction(kysely: Kysely<Tables>, jobs: readonly QueuedJob[]): Promise<unknown[]> {
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
  for (const effect of effects) effect();
  return results;
}
