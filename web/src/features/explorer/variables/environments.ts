/** A name, and what stands for it. */
export interface Variable {
  /** Stays with it while others come and go. */
  readonly id: number;
  readonly name: string;
  readonly value: string;
  /** Whether its value is shown to nobody and written into no file. */
  readonly isSecret: boolean;
}

/** A named set of variables, such as those of one server. */
export interface Environment {
  readonly id: string;
  readonly name: string;
  readonly variables: readonly Variable[];
}

/** All sets, and which is chosen. */
export interface Environments {
  readonly all: readonly Environment[];
  /** The id of the one that is chosen; none where undefined. */
  readonly chosen: string | undefined;
}

/** How many sets are kept, and how many variables each has at most. */
export const MOST_ENVIRONMENTS = 50;
export const MOST_VARIABLES = 200;
/** The longest name and value, in characters. */
export const LONGEST_NAME = 100;
export const LONGEST_VALUE = 20_000;

/** No sets. */
export const noEnvironments: Environments = { all: [], chosen: undefined };

/** The set that is chosen. */
export function chosenEnvironment({ all, chosen }: Environments): Environment | undefined {
  return all.find(({ id }) => id === chosen);
}

/** What stands for each name, in the set that is chosen. A name that is there twice is the last one. */
export function valuesOf(environments: Environments): ReadonlyMap<string, string> {
  const { variables = [] } = chosenEnvironment(environments) ?? {};
  return new Map(variables.map(({ name, value }) => [name.trim(), value]));
}

/** The sets with one changed, or added, and chosen. */
export function withEnvironment({ all }: Environments, changed: Environment): Environments {
  const isKnown = all.some(({ id }) => id === changed.id);
  const next = isKnown ? all.map((one) => (one.id === changed.id ? changed : one)) : [...all, changed];
  return { all: next, chosen: changed.id };
}

/** The sets without one; none is chosen then, if it was. */
export function withoutEnvironment({ all, chosen }: Environments, id: string): Environments {
  return { all: all.filter((one) => one.id !== id), chosen: chosen === id ? undefined : chosen };
}

/** What is wrong with the name of a variable; undefined for nothing. */
export function problemOfName(name: string): string | undefined {
  return /^[\w.-]{1,100}$/.test(name.trim()) ? undefined : "must be made of letters, digits, and _ . -";
}

/** The sets as a file may hold them: the values of secrets are empty. */
export function withoutSecretValues({ all }: Environments): readonly Environment[] {
  const clean = (variable: Variable) => (variable.isSecret ? { ...variable, value: "" } : variable);
  return all.map((one) => ({ ...one, variables: one.variables.map(clean) }));
}

/** The sets with those of a file, and what became of secrets. */
export interface Imported {
  readonly environments: Environments;
  /** The sets whose secrets were not kept, since the file has them otherwise. */
  readonly emptied: readonly Environment[];
}

/**
 * The sets with those of a file, which take the place of those with the same id. A set keeps its secrets only where the file leaves all secrets empty and
 * repeats everything else: the names, in their order, which of them are secrets, and the other values. Else a file could have a secret sent to a host of its
 * own.
 */
export function withImported({ all, chosen }: Environments, imported: readonly Environment[]): Imported {
  const known = new Map(all.map((one) => [one.id, one]));
  const emptied: Environment[] = [];
  const merged = imported.map((one) => {
    const before = known.get(one.id);
    if (before === undefined || !before.variables.some(isFilledSecret)) return one;
    if (!one.variables.some(isFilledSecret) && allButSecrets(before) === allButSecrets(one))
      return { ...one, variables: before.variables };
    emptied.push(one);
    return one;
  });
  const ids = new Set(merged.map(({ id }) => id));
  return { environments: { all: [...all.filter(({ id }) => !ids.has(id)), ...merged], chosen }, emptied };
}

function isFilledSecret({ isSecret, value }: Variable): boolean {
  return isSecret && value !== "";
}

/** The names of a set, which are secrets, and the values of the others, to compare. */
function allButSecrets({ variables }: Environment): string {
  return JSON.stringify(variables.map(({ name, value, isSecret }) => [name, isSecret, isSecret ? "" : value]));
}

/** What the browser has kept, as far as it is what it should be. */
export function readEnvironments(kept: unknown): Environments {
  if (typeof kept !== "object" || kept === null) return noEnvironments;
  const { all, chosen } = kept as Record<string, unknown>;
  return { all: readEnvironmentList(all) ?? [], chosen: typeof chosen === "string" ? chosen : undefined };
}

/** The sets of a file; undefined where it holds something else. */
export function readEnvironmentList(json: unknown): readonly Environment[] | undefined {
  return Array.isArray(json) && json.length <= MOST_ENVIRONMENTS && json.every(isEnvironment) ? json : undefined;
}

function isEnvironment(value: unknown): value is Environment {
  if (typeof value !== "object" || value === null) return false;
  const { id, name, variables } = value as Record<string, unknown>;
  const isNamed = typeof id === "string" && typeof name === "string" && name.length <= LONGEST_NAME;
  return isNamed && Array.isArray(variables) && variables.length <= MOST_VARIABLES && variables.every(isVariable);
}

function isVariable(variable: unknown): variable is Variable {
  if (typeof variable !== "object" || variable === null) return false;
  const { id, name, value, isSecret } = variable as Record<string, unknown>;
  const isText = (text: unknown, longest: number) => typeof text === "string" && text.length <= longest;
  return (
    Number.isInteger(id) && isText(name, LONGEST_NAME) && isText(value, LONGEST_VALUE) && typeof isSecret === "boolean"
  );
}
