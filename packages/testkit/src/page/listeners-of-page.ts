type Types = Map<string, Set<unknown>>;

/** Who of the app listens to what of the page. Some tests run where there is none. */
const known: readonly Types[] = typeof window === "undefined" ? [] : [watch(window), watch(document)];

/** What is watched for good, once for all that ask whether the page can be seen. */
const FOR_GOOD: ReadonlySet<string> = new Set(["pagehide", "pageshow"]);

/** How many of the app listen to each event of the window and the document, by its name; libraries may keep theirs for good. */
export function listenersOfPage(): Readonly<Record<string, number>> {
  const all = known.flatMap((types) => [...types]);
  return Object.fromEntries(
    all.filter(([type, { size }]) => size > 0 && !FOR_GOOD.has(type)).map(([type, { size }]) => [type, size]),
  );
}

function watch(target: EventTarget): Types {
  const types: Types = new Map();
  const add = target.addEventListener.bind(target);
  const remove = target.removeEventListener.bind(target);
  target.addEventListener = (...args) => {
    if (isOfApp(new Error().stack ?? "")) types.set(args[0], (types.get(args[0]) ?? new Set()).add(args[1]));
    add(...args);
  };
  target.removeEventListener = (...args) => {
    types.get(args[0])?.delete(args[1]);
    remove(...args);
  };
  return types;
}

/** Whether a listener was added by the app. The first lines are the message and the function above. */
function isOfApp(stack: string): boolean {
  return /\/(rpc-)?web\/src\/(?!test(ing)?\/)/.test(stack.split("\n", 3)[2] ?? "");
}
