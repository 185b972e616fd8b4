import { Code, ConnectError } from "@connectrpc/connect";

const neverRun = new WeakSet<ConnectError>();

/** Makes the error of a call that the server says it has never run: it can be made again without harm, whatever it does. */
export function createNeverRunError(): ConnectError {
  const error = new ConnectError("the server is shutting down", Code.Unavailable);
  neverRun.add(error);
  return error;
}

/** Whether an error is that of a call that was never run. */
export function wasNeverRun(error: unknown): boolean {
  return error instanceof ConnectError && neverRun.has(error);
}
