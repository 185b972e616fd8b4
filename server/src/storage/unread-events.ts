/** Events that other processes have stored and this one has been told of, but has not read yet. */
export interface UnreadEvents {
  readonly count: number;
  /** For how long there have been some, in milliseconds; 0 where there are none. */
  readonly lagMs: number;
}

/** All is read. */
export const NOTHING_UNREAD: UnreadEvents = { count: 0, lagMs: 0 };
