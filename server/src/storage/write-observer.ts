/** Writes that shared a transaction and are durable. Times are in milliseconds of `performance.now`. */
export interface StoredGroup {
  /** When each of its jobs was queued. */
  readonly queuedAt: readonly number[];
  /** When its transaction began. */
  readonly startedAt: number;
  /** When its transaction was committed, and it began to wait for a sync to the disk that serves it. */
  readonly committedAt: number;
  /** When it was on the disk. */
  readonly syncedAt: number;
}

/** What is notified of writes. Must not throw. */
export interface WriteObserver {
  /** Writes are durable; called before their callers are notified. */
  stored(group: StoredGroup): void;
  /** A sync to the disk has succeeded; it may have served several transactions. */
  synced(milliseconds: number): void;
}

/** The writes that are not durable yet. */
export interface PendingWrites {
  readonly count: number;
  /** How long the oldest of them has waited, in milliseconds; 0 where there is none. */
  readonly lagMs: number;
}
