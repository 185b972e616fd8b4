/** Counts the handlers that are running: also those whose client has disconnected or whose deadline has passed. */
export interface RunningHandlers {
  /** How many are running. */
  readonly count: number;
  /** Counts one more, until `untrack`. */
  track(): void;
  /** One has ended. */
  untrack(): void;
}

/** Creates a count of zero. */
export function createRunningHandlers(): RunningHandlers {
  let count = 0;
  return {
    get count() {
      return count;
    },
    track() {
      count += 1;
    },
    untrack() {
      count -= 1;
    },
  };
}
