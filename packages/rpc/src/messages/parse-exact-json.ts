/** A number of a JSON text whose digits a double may not hold, as it was written. */
export class WrittenNumber {
  readonly source: string;
  readonly value: number;

  constructor(source: string, value: number) {
    this.source = source;
    this.value = value;
  }

  toJSON(): number {
    return this.value;
  }
}

/** As long as that, a number without an exponent is itself as a double. */
const EXACT_LENGTH = 15;

/** What `JSON.parse` gives its reviver with a primitive value. */
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Parses JSON, keeping numbers as they are written where a double may be another number. SyntaxError for what is no JSON. */
export function parseExactJson(text: string): unknown {
  const revive: Reviver = (_key, value, { source }) =>
    typeof value === "number" && source !== undefined && mayLoseDigits(source)
      ? new WrittenNumber(source, value)
      : value;
  // The types of the language do not have the third argument yet.
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}

function mayLoseDigits(source: string): boolean {
  return source.length > EXACT_LENGTH || /[eE]/.test(source);
}

/** The value with plain numbers, at every depth, in the place of those that were kept as they are written. */
export function withPlainNumbers(json: unknown): unknown {
  if (json instanceof WrittenNumber) return json.value;
  if (typeof json !== "object" || json === null) return json;
  // Object or array: both are written to by key.
  const container = json as Record<string, unknown>;
  for (const key of Object.keys(container)) {
    const value = container[key];
    const plain = withPlainNumbers(value);
    if (plain !== value) container[key] = plain;
  }
  return json;
}
