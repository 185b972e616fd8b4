import { GREETING_PATTERNS, type GreetingPatterns, type SpokenTag } from "./greeting-patterns.ts";

/** A greeting, as every kind of call answers and records it. */
export interface Greeting {
  /** Who is greeted; of a group, the joined names. */
  readonly name: string;
  readonly language: SpokenTag;
  /** The greeting itself. */
  readonly message: string;
}

/** Greets one person. The name stands in the message exactly as given; whether it is a name is checked elsewhere. */
export function greet(name: string, language: SpokenTag): Greeting {
  return { name, language, message: fill(GREETING_PATTERNS[language].hello, name) };
}

/** Greets one person who was greeted before, otherwise like `greet`. */
export function greetAgain(name: string, language: SpokenTag): Greeting {
  return { name, language, message: fill(GREETING_PATTERNS[language].helloAgain, name) };
}

/** Greets several people at once, their names joined as the language joins lists. One alone is greeted as one. */
export function greetGroup(names: readonly string[], language: SpokenTag): Greeting {
  const patterns: GreetingPatterns = GREETING_PATTERNS[language];
  const pattern = names.length > 1 ? (patterns.group ?? patterns.hello) : patterns.hello;
  const name = listFormat(language).format(names);
  return { name, language, message: fill(pattern, name) };
}

function fill(pattern: string, name: string): string {
  // A function, because in a replacement string `$&` and its like would have a meaning.
  return pattern.replace("{name}", () => name);
}

const listFormats = new Map<SpokenTag, Intl.ListFormat>();

function listFormat(language: SpokenTag): Intl.ListFormat {
  const made = listFormats.get(language) ?? new Intl.ListFormat(language, { type: "conjunction" });
  listFormats.set(language, made);
  return made;
}
