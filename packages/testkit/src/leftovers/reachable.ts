/**
 * All objects that an object holds: by its properties, symbols included, by what maps, sets and lists have, and by theirs. What a function or a
 * private field (`#`) holds cannot be seen, nor what is weakly held; what is behind `except` is left out.
 */
export function reachableFrom(root: object, except: readonly object[] = []): ReadonlySet<object> {
  const found = new Set<object>(except);
  const waiting = [root];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    for (const held of heldBy(next)) if (isObject(held)) waiting.push(held);
  }
  for (const object of except) found.delete(object);
  return found;
}

function* heldBy(object: object): Generator<unknown> {
  // Their elements are numbers, each of them a property.
  if (ArrayBuffer.isView(object)) return;
  if (object instanceof Map) for (const entry of object) yield* entry;
  if (object instanceof Set) yield* object;
  for (const property of Object.values(Object.getOwnPropertyDescriptors(object))) yield property.value;
  for (const symbol of Object.getOwnPropertySymbols(object)) {
    yield Object.getOwnPropertyDescriptor(object, symbol)?.value;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
