/**
 * Tells an iterator that nobody reads on. Resolves when it has ended; what an abandoned one still throws, at once or later, has nobody left
 * to hear it.
 */
export async function endIterator(iterator: AsyncIterator<unknown>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // See above.
  }
}
