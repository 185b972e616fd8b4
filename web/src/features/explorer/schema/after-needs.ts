/** Things and all that they need, each once and after what it needs itself, however long the chain; of a circle, one comes before what it needs. */
export function afterNeeds<T extends string | object>(roots: Iterable<T>, needs: (one: T) => readonly T[]): T[] {
  const ordered = new Set<T>();
  const opened = new Set<T>();
  const open = [...roots].reverse();
  for (let one = open.at(-1); one !== undefined; one = open.at(-1)) {
    if (opened.has(one)) {
      ordered.add(one);
      open.pop();
      continue;
    }
    opened.add(one);
    for (const need of needs(one).toReversed()) if (!opened.has(need)) open.push(need);
  }
  return [...ordered];
}
