import { DatabaseError } from "pg";
import type { StoreTrouble } from "../../domain/errors.ts";
import { runWithoutSpan } from "../../domain/span.ts";
import type { PendingWrites, WriteObserver } from "../write-observer.ts";
import { WriteTrace } from "../write-trace.ts";
import { NotSent } from "./statement-errors.ts";
import { troubleOf } from "./store-trouble.ts";

/** What a batch queue works with. */
export interface BatchQueueOptions<Job, Result> {
  /** Stores jobs together, all or none, and returns what became of each. */
  readonly commit: (jobs: readonly Job[]) => Promise<readonly Result[]>;
  /** About how many characters a job brings. */
  readonly sizeOf: (job: Job) => number;
  /** Told why a write has failed, where the reason is the store's. */
  readonly onTrouble: (trouble: StoreTrouble) => void;
  /** Notified of what is durable. */
  readonly observer?: WriteObserver | undefined;
  /** How many jobs are stored together at most; 512 where absent. */
  readonly mostTogether?: number;
}

/** What writes wait in, whatever they store. */
export interface Queue {
  /** The writes that are not stored yet. */
  readonly pending: PendingWrites;
  /** Resolves when nothing is waiting or under way, nor what was begun when that had settled. */
  idle(): Promise<void>;
}

interface QueuedJob<Job, Result> {
  /** In milliseconds of `performance.now`. */
  readonly queuedAt: number;
  readonly trace: WriteTrace | undefined;
  readonly job: Job;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/** How many jobs share one statement at most. */
const MAX_BATCH = 512;
/** How many characters they bring at most, but for a job that alone brings more. */
const MAX_SIZE = 8_000_000;
/** How long a statement waits for more jobs while they keep coming, in milliseconds. */
const GATHER_MS = 1;

/**
 * Stores jobs in batches, one after the other: those that come while one is under way make the next. A batch that breaks a rule, or that
 * cannot be sent, is stored job by job, so that a bad one takes no other with it. What may have been stored is never tried again.
 */
export class BatchQueue<Job, Result> implements Queue {
  readonly #options: BatchQueueOptions<Job, Result>;
  #waiting: QueuedJob<Job, Result>[] = [];
  #running: readonly QueuedJob<Job, Result>[] = [];
  #draining: Promise<void> | undefined;

  constructor(options: BatchQueueOptions<Job, Result>) {
    this.#options = options;
  }

  /** Queues a job; rejects with StoreTrouble when it cannot be stored, or it is not known whether it is. */
  add(job: Job): Promise<Result> {
    return new Promise((resolve, reject) => {
      const queuedAt = performance.now();
      this.#waiting.push({ queuedAt, trace: WriteTrace.begin("postgresql", queuedAt), job, resolve, reject });
      this.#draining ??= runWithoutSpan(() => this.#drain());
    });
  }

  /** The jobs that are not stored yet. */
  get pending(): PendingWrites {
    const [oldest] = this.#running.length > 0 ? this.#running : this.#waiting;
    return {
      count: this.#running.length + this.#waiting.length,
      lagMs: oldest === undefined ? 0 : performance.now() - oldest.queuedAt,
    };
  }

  /** Resolves when nothing is waiting or under way, nor what was begun when that had settled. */
  async idle(): Promise<void> {
    while (this.#draining !== undefined) {
      await this.#draining;
      // Those who waited for a write have their turn, and may begin another.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather();
      const batch = this.#takeBatch();
      this.#running = batch;
      if (!(await this.#commit(batch))) await this.#commitOneByOne(batch);
      this.#running = [];
    }
    this.#draining = undefined;
  }

  async #commitOneByOne(batch: readonly QueuedJob<Job, Result>[]): Promise<void> {
    for (const [index, job] of batch.entries()) {
      this.#running = batch.slice(index);
      await this.#commit([job]);
    }
  }

  /** Waits for the end of the turn of the event loop, and of each further one that has brought more jobs. */
  async #gather(): Promise<void> {
    const start = performance.now();
    let seen: number;
    do {
      seen = this.#waiting.length;
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#waiting.length > seen && this.#waiting.length < MAX_BATCH && performance.now() - start < GATHER_MS);
  }

  #takeBatch(): readonly QueuedJob<Job, Result>[] {
    const { mostTogether = MAX_BATCH } = this.#options;
    let count = 0;
    let size = 0;
    for (const { job } of this.#waiting) {
      size += this.#options.sizeOf(job);
      if (count > 0 && (size > MAX_SIZE || count === mostTogether)) break;
      count++;
    }
    return this.#waiting.splice(0, count);
  }

  /** Stores jobs together; returns false when one of several breaks a rule, and then nothing of them is stored. */
  async #commit(jobs: readonly QueuedJob<Job, Result>[]): Promise<boolean> {
    const startedAt = performance.now();
    let results: readonly Result[];
    try {
      results = await this.#options.commit(jobs.map(({ job }) => job));
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble !== undefined) this.#options.onTrouble(trouble);
      else if (jobs.length > 1 && isOfOneJob(error)) return false;
      for (const { trace, reject } of jobs) {
        trace?.failed(trouble ?? error);
        reject(trouble ?? error);
      }
      return true;
    }
    const committedAt = performance.now();
    const group = { queuedAt: jobs.map(({ queuedAt }) => queuedAt), startedAt, committedAt, syncedAt: committedAt };
    this.#options.observer?.stored(group);
    for (const { trace, queuedAt } of jobs) trace?.stored(queuedAt, group);
    // One result a job, as the options say.
    jobs.forEach(({ resolve }, index) => void resolve(results[index] as Result));
    return true;
  }
}

/** Whether one job may be to blame, and nothing is stored: what fails after the answer is no reason to store again. */
function isOfOneJob(error: unknown): boolean {
  return error instanceof DatabaseError || error instanceof NotSent;
}
