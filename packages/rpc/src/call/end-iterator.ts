/**
 * Ends an iterator that nobody reads any more. Resolves when it has ended; what it still throws, at once or later, is dropped.
 */
export async function endIterator(iterator: AsyncIterator<unknown>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // See above.
  }
}
