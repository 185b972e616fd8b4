/**
 * Yields what an iterable yields until the signal is aborted, then throws the signal's reason at once, even when the
 * iterable itself takes no notice of the signal and never comes back.
 */
export async function* untilAborted<T>(iterable: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  aborted.catch(() => {});
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  const iterator = iterable[Symbol.asyncIterator]();
  try {
    for (;;) {
      const result = await Promise.race([iterator.next(), aborted]);
      if (result.done) return;
      yield result.value;
      signal.throwIfAborted();
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    // Not awaited: an iterator that hangs in next() would hang here too.
    iterator.return?.().catch(() => {});
  }
}
