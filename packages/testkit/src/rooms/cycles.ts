/** What leads back to itself in a graph: each list the names that lead to each other, sorted. */
export function cyclesOf(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const reach = new Map([...graph.keys()].map((name) => [name, reachFrom(graph, name)]));
  const leadsTo = (from: string, to: string) => reach.get(from)?.has(to) === true;
  const cycles = new Set(
    [...graph.keys()]
      .filter((name) => leadsTo(name, name))
      .map((name) => [...graph.keys()].filter((other) => leadsTo(name, other) && leadsTo(other, name)).sort())
      .map((names) => names.join("\n")),
  );
  return [...cycles].map((names) => names.split("\n"));
}

function reachFrom(graph: ReadonlyMap<string, ReadonlySet<string>>, start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...(graph.get(start) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(graph.get(next) ?? []));
  }
  return found;
}
