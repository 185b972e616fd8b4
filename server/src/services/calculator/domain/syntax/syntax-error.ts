import { describeCharacter } from "../../../../domain/describe-character.ts";
import { InvalidInput } from "../../../../domain/errors.ts";
import { quoted } from "../../../../domain/quoted.ts";
import type { Token } from "./tokenizer.ts";

const MAX_QUOTED = 20;

/**
 * An InvalidInput for `expression` that says what was expected, where (counted from 0), and what is there: a character that cannot be seen
 * by its name, such as `U+200B zero width space`.
 */
export function syntaxError(expected: string, { kind, text, start }: Token): InvalidInput {
  const got = describe(kind, text);
  return new InvalidInput({
    field: "expression",
    description: `expected ${expected} at position ${start}: got ${got}`,
  });
}

function describe(kind: Token["kind"], text: string): string {
  if (kind === "end") return "the end";
  if (kind === "unknown") return describeCharacter(text);
  return quoted(text, MAX_QUOTED);
}
