import { currentSpan, runWithSpan, type Span } from "../domain/span.ts";
import type { StoredGroup } from "./write-observer.ts";

/** The span of a write, where the call that asked for it is traced: what it waits for, one after the other. */
export class WriteTrace {
  private readonly parent: Span;
  private readonly span: Span;

  private constructor(parent: Span, system: string, queuedAt: number) {
    this.parent = parent;
    this.span = parent.child("store write", { "db.system.name": system }, queuedAt);
  }

  /** Begins the span of a write that is queued now; undefined where nothing is traced. */
  static begin(system: string, queuedAt: number): WriteTrace | undefined {
    const parent = currentSpan();
    return parent && new WriteTrace(parent, system, queuedAt);
  }

  /** Runs the job of the write within the span of its call, and not of the one whose turn it happens to be. */
  run<T>(job: () => T): T {
    return runWithSpan(this.parent, job);
  }

  /** The write is durable. */
  stored(queuedAt: number, { queuedAt: jobs, startedAt, committedAt, syncedAt }: StoredGroup): void {
    this.span.child("queued", {}, queuedAt).end(startedAt);
    this.span.child("transaction", { "triptych.store.writes": jobs.length }, startedAt).end(committedAt);
    this.span.child("sync", {}, committedAt).end(syncedAt);
    this.span.end(syncedAt);
  }

  /** The write has failed. */
  failed(reason: unknown): void {
    this.span.end(undefined, reason instanceof Error ? reason.name : typeof reason);
  }
}
