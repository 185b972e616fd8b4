import { onTestFinished } from "vitest";

/** A signal that is aborted once the test is over, so that whoever waits for it is gone by then. */
export function signalOfTest(): AbortSignal {
  const over = new AbortController();
  onTestFinished(() => over.abort(new Error("the test is over")));
  return over.signal;
}
