import type { Kysely, Transaction } from "kysely";
import { StoreBusy, StoreFailed, type StoreTrouble } from "../../domain/errors.ts";
import { runWithoutSpan } from "../../domain/span.ts";
import type { PendingWrites, WriteObserver } from "../write-observer.ts";
import { WriteTrace } from "../write-trace.ts";
import { troubleOf } from "./store-trouble.ts";
import type { Tables } from "./tables.ts";
import { waitForLock } from "./wait-for-lock.ts";

/** What a job that writes is given: one object for each attempt at a transaction, shared by its jobs. */
export interface WriteContext {
  /** The transaction to write in. */
  readonly transaction: Transaction<Tables>;
  /** Has something done as soon as the transaction is durable, before the job's caller is notified, in the order of the jobs. */
  afterCommit(effect: () => void): void;
}

/** A job that writes. It may run twice (see `createCommitQueue`), so all it does outside the transaction goes to afterCommit. */
export type WriteJob<T> = (context: WriteContext) => Promise<T> | T;

/** What a commit queue works with. */
export interface CommitQueueOptions {
  readonly kysely: Kysely<Tables>;
  /** Resolves when all that is committed is on the disk. */
  readonly sync: () => Promise<void>;
  /** Copies the log into the file where it is long. */
  readonly checkpoint: () => void;
  /** Told why a write has failed, where the reason is the store's. */
  readonly onTrouble: (trouble: StoreTrouble) => void;
  /** Notified of what is durable. */
  readonly observer?: WriteObserver | undefined;
}

interface QueuedJob {
  /** In milliseconds of `performance.now`. */
  readonly queuedAt: number;
  readonly trace: WriteTrace | undefined;
  readonly run: WriteJob<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** How many jobs share one transaction at most, so that a burst cannot hold up readers for long. */
const MAX_BATCH = 256;
/** From how long on a transaction takes no further of its jobs, in milliseconds: they run one after the other, and nothing else does meanwhile. */
const BATCH_MS = 20;
/** How long a transaction waits for more jobs while they keep coming, in milliseconds. */
const GATHER_MS = 1;
/** How long writes wait for another process that has locked the store, from when that was first found, in milliseconds. */
const LOCKED_MS = 5_000;
/** How long a disk may take to sync before the store counts as stuck, in milliseconds. */
const STUCK_MS = 1_500;

/**
 * Commits jobs in groups: all that are waiting when a transaction starts share it. One sync to disk runs at a time, and serves all that was
 * committed before it; what comes meanwhile is committed at once and waits for the next. When a job of a group fails the group is rolled
 * back and its jobs run again one by one, so a failing job never takes another with it. Once a sync has failed, no job is taken any more: the
 * process has to be started again, which reads what is really on the disk.
 */
export class CommitQueue {
  readonly #options: CommitQueueOptions;
  readonly #waiting: QueuedJob[] = [];
  /** What a transaction is under way for. */
  #running: readonly QueuedJob[] = [];
  /** What is committed and waits for the next sync. */
  readonly #committed: CommittedGroup[] = [];
  /** What the sync under way makes durable. */
  #beingSynced: readonly CommittedGroup[] = [];
  #draining: Promise<void> | undefined;
  #syncing: Promise<void> | undefined;
  // What a disk did not write once it may never write, and what comes after a gap in the log is lost with it: so nothing comes after it.
  #failure: StoreFailed | undefined;
  #lockedSince: number | undefined;
  #syncingSince: number | undefined;

  constructor(options: CommitQueueOptions) {
    this.#options = options;
  }

  /** Why no job is taken any more, for good. */
  get failure(): StoreFailed | undefined {
    return this.#failure;
  }

  /** Queues a job; see `Database.write`. */
  write<T>(job: WriteJob<T>): Promise<T> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const queuedAt = performance.now();
    this.#waiting.push({ queuedAt, trace: WriteTrace.begin("sqlite", queuedAt), run: job, resolve, reject });
    this.#draining ??= runWithoutSpan(() => this.#drain());
    // The queue holds jobs of every type; what comes back is what this job returned.
    return promise as Promise<T>;
  }

  /** The writes that are not durable yet. */
  get pending(): PendingWrites {
    const committed = [...this.#beingSynced, ...this.#committed].flatMap(({ jobs }) => jobs);
    const jobs = [...committed, ...this.#running, ...this.#waiting];
    const [oldest] = jobs;
    return { count: jobs.length, lagMs: oldest === undefined ? 0 : performance.now() - oldest.queuedAt };
  }

  /** Resolves when nothing is waiting or running, nor what was begun when that had settled. */
  async idle(): Promise<void> {
    for (let busy = this.#busy; busy !== undefined; busy = this.#busy) {
      await busy;
      // Those who waited for a write have their turn, and may begin another.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  get #busy(): Promise<void> | undefined {
    return this.#draining ?? this.#syncing;
  }

  /** @throws StoreTrouble when no job can be taken: after a failure, or while the disk takes very long. */
  requireMoving(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#syncingSince === undefined || performance.now() - this.#syncingSince < STUCK_MS) return;
    throw new StoreBusy(`the disk of the store has not stored a write for more than ${STUCK_MS} ms`);
  }

  /** Takes note of what the store has failed with, and returns what it means for writing; undefined when nothing. */
  note(error: unknown): StoreTrouble | undefined {
    const trouble = troubleOf(error);
    if (trouble === undefined) return undefined;
    if (trouble instanceof StoreFailed) this.#failure ??= trouble;
    this.#options.onTrouble(this.#failure ?? trouble);
    return this.#failure ?? trouble;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      const batch = this.#waiting.splice(0, MAX_BATCH);
      this.#running = batch;
      const done = await this.#commit(batch);
      if (done === 0) await this.#commitOneByOne(batch);
      else this.#waiting.unshift(...batch.slice(done));
      this.#running = [];
    }
    this.#draining = undefined;
  }

  /**
   * Waits for the end of the turn of the event loop and, while a sync runs, of each further one that has brought more jobs: they join the
   * same transaction. Where none runs, one starts at once, and the processor has what comes during it to do: with groups that gathered
   * all callers first, it waited for the disk for a third of the time (`SayHello` in the row grpc-unary of the benchmark).
   */
  async #gather(): Promise<void> {
    const start = performance.now();
    let seen: number;
    do {
      seen = this.#waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    } while (
      this.#syncing !== undefined &&
      this.#waiting.length > seen &&
      this.#waiting.length < MAX_BATCH &&
      performance.now() - start < GATHER_MS
    );
  }

  async #commitOneByOne(batch: readonly QueuedJob[]): Promise<void> {
    for (const [index, job] of batch.entries()) {
      this.#running = batch.slice(index);
      await this.#commit([job]);
    }
  }

  /**
   * Commits the first of some jobs together, as many as there is time for; returns how many it is done with. That is 0 when one of several
   * has failed, and then nothing of them is stored.
   */
  async #commit(jobs: readonly QueuedJob[]): Promise<number> {
    if (this.#failure !== undefined) return rejectAll(jobs, this.#failure);
    let committed: Committed;
    const startedAt = performance.now();
    try {
      committed = await this.#runWhenUnlocked(jobs);
    } catch (error) {
      const trouble = this.note(error);
      // What is wrong with the store is so for each of them; a full disk may still have room for a small one.
      const isOfAll = trouble instanceof StoreBusy || trouble instanceof StoreFailed;
      if (jobs.length > 1 && !isOfAll) return 0;
      return rejectAll(jobs, trouble ?? error);
    }
    const done = jobs.slice(0, committed.results.length);
    this.#committed.push({ jobs: done, committed, startedAt, committedAt: performance.now() });
    this.#running = this.#running.slice(done.length);
    this.#syncing ??= this.#syncCommitted();
    return done.length;
  }

  /** Syncs what is committed, again and again until nothing is left that was committed during a sync, and settles its jobs. */
  async #syncCommitted(): Promise<void> {
    while (this.#committed.length > 0) {
      const groups = this.#committed.splice(0);
      this.#beingSynced = groups;
      const failure = await (this.#failure ?? this.#sync());
      this.#beingSynced = [];
      if (failure === undefined) this.#report(groups);
      for (const group of groups) settle(group, failure);
      if (failure === undefined) this.#checkpoint();
    }
    this.#syncing = undefined;
  }

  #report(groups: readonly CommittedGroup[]): void {
    const { observer } = this.#options;
    const syncedAt = performance.now();
    for (const { jobs, startedAt, committedAt } of groups) {
      const group = { queuedAt: jobs.map(({ queuedAt }) => queuedAt), startedAt, committedAt, syncedAt };
      observer?.stored(group);
      for (const { trace, queuedAt } of jobs) trace?.stored(queuedAt, group);
    }
  }

  async #runWhenUnlocked(jobs: readonly QueuedJob[]): Promise<Committed> {
    const lockedFor = this.#lockedSince === undefined ? 0 : performance.now() - this.#lockedSince;
    const start = performance.now();
    try {
      const committed = await waitForLock(LOCKED_MS - lockedFor, () => runInTransaction(this.#options.kysely, jobs));
      this.#lockedSince = undefined;
      return committed;
    } catch (error) {
      if (troubleOf(error) instanceof StoreBusy) this.#lockedSince ??= start;
      else this.#lockedSince = undefined;
      throw error;
    }
  }

  async #sync(): Promise<StoreTrouble | undefined> {
    const { sync, observer } = this.#options;
    const startedAt = performance.now();
    this.#syncingSince = startedAt;
    try {
      await sync();
      observer?.synced(performance.now() - startedAt);
      return undefined;
    } catch (error) {
      const failed =
        error instanceof StoreFailed
          ? error
          : new StoreFailed("the disk of the store has failed to store a write", { cause: error });
      return this.note(failed);
    } finally {
      this.#syncingSince = undefined;
    }
  }

  /** What is in the log is safe, so that no caller needs to hear of a failure. */
  #checkpoint(): void {
    try {
      this.#options.checkpoint();
    } catch (error) {
      this.note(error);
    }
  }
}

/** Jobs of a transaction and what they left behind in it. */
interface CommittedGroup {
  readonly jobs: readonly QueuedJob[];
  readonly committed: Committed;
  /** When its transaction began and was committed, in milliseconds of `performance.now`. */
  readonly startedAt: number;
  readonly committedAt: number;
}

/** Nobody is shown what may not stay: its numbers would be given to other events after a restart. */
function settle({ jobs, committed }: CommittedGroup, failure: StoreTrouble | undefined): void {
  if (failure !== undefined) {
    rejectAll(jobs, failure);
    return;
  }
  for (const effect of committed.effects) effect();
  jobs.forEach((job, index) => void job.resolve(committed.results[index]));
}

/** Returns how many there were. */
function rejectAll(jobs: readonly QueuedJob[], reason: unknown): number {
  for (const { trace, reject } of jobs) {
    trace?.failed(reason);
    reject(reason);
  }
  return jobs.length;
}

/** What jobs leave behind in a transaction: the first of those that it was begun for, where it took long. */
interface Committed {
  readonly results: readonly unknown[];
  readonly effects: readonly (() => void)[];
}

async function runInTransaction(kysely: Kysely<Tables>, jobs: readonly QueuedJob[]): Promise<Committed> {
  const effects: (() => void)[] = [];
  const results = await kysely.transaction().execute(async (transaction) => {
    const context: WriteContext = { transaction, afterCommit: (effect) => effects.push(effect) };
    const values: unknown[] = [];
    const start = performance.now();
    for (const job of jobs) {
      const value = job.trace === undefined ? job.run(context) : job.trace.run(() => job.run(context));
      // Most jobs only store an event, which takes less time than waiting for a promise does.
      values.push(value instanceof Promise ? await value : value);
      if (performance.now() - start >= BATCH_MS) break;
    }
    return values;
  });
  return { results, effects };
}
