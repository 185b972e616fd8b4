/**
 * The items with a batch added at the end, of which only the last `limit` are kept. What is given is not changed, and
 * is given back as it is when the batch is empty.
 */
export function appendBounded<T>(items: readonly T[], batch: readonly T[], limit: number): readonly T[] {
  if (batch.length === 0) return items;
  return [...items, ...batch].slice(-limit);
}
