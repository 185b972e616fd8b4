/** Resolves after everything that waits in the event loop, such as input from sockets, has had its turn. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
