/** Counts the handlers that are running: also those whose client has left or whose deadline has passed. */
export interface RunningHandlers {
  /** How many are running. */
  readonly count: number;
  /** Counts one more; call what it returns, once, when that one has ended. */
  enter(): () => void;
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
      return () => {
        count -= 1;
      };
    },
  };
}
