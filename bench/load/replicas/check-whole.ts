/** A greeting as a stream has brought it. */
export interface SeenGreeting {
  readonly sequence: number;
  readonly name: string;
}

/** What was written, each under a name of its own. */
export interface WrittenNames {
  /** Whose writers were told that it is stored. */
  readonly acknowledged: ReadonlySet<string>;
  /** Whose writers were told nothing: they may be stored or not. */
  readonly unknown: ReadonlySet<string>;
}

/** What is wrong with a log from its beginning: numbers that are missing, what is lost of what was acknowledged, what is stored twice or was never written. */
export function faultsOfLog(log: readonly SeenGreeting[], { acknowledged, unknown }: WrittenNames): string[] {
  const stored = new Set<string>();
  const twice: string[] = [];
  for (const { name } of log) {
    if (stored.has(name)) twice.push(name);
    stored.add(name);
  }
  return [
    ...faultsOfNumbers(log),
    ...[...acknowledged].filter((name) => !stored.has(name)).map((name) => `${name} was acknowledged and is lost`),
    ...twice.map((name) => `${name} is stored twice`),
    ...[...stored]
      .filter((name) => !acknowledged.has(name) && !unknown.has(name))
      .map((name) => `${name} was never written`),
  ];
}

/** What is wrong with what one has seen who watched from the beginning of a log: it has to be the log, as far as they have come. */
export function faultsOfWatcher(seen: readonly SeenGreeting[], log: readonly SeenGreeting[]): string[] {
  const other = seen.find(({ name }, index) => name !== log[index]?.name);
  return [...faultsOfNumbers(seen), ...(other ? [`${other.sequence} is another one than in the log`] : [])];
}

function faultsOfNumbers(seen: readonly SeenGreeting[]): string[] {
  const wrong = seen.findIndex(({ sequence }, index) => sequence !== index + 1);
  return wrong < 0
    ? []
    : [`${wrong + 1} must come ${wrong === 0 ? "first" : `after ${wrong}`}: got ${seen[wrong]?.sequence}`];
}
