import { onTestFinished } from "vitest";

/** A signal that is aborted once the test has ended, so that what waits for it ends, too. */
export function signalOfTest(): AbortSignal {
  const over = new AbortController();
  onTestFinished(() => over.abort(new Error("the test is over")));
  return over.signal;
}
