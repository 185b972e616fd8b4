/** Counts the handlers that are running: also those whose client has left or whose deadline has passed. */
export interface RunningHandlers {
  /** How many are running. */
  readonly count: number;
  /** Counts one more, until `leave`. */
  enter(): void;
  /** One has ended. */
  leave(): void;
}

/** Creates a count of zero. */
export function createRunningHandlers(): RunningHandlers {
  let count = 0;
  return {
    get count() {
      return count;
    },
    enter() {
      count += 1;
    },
    leave() {
      count -= 1;
    },
  };
}
