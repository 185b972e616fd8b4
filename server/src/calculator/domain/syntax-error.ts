import { InvalidInput } from "../../domain/errors.ts";
import { truncate } from "../../domain/truncate.ts";
import type { Token } from "./tokenizer.ts";

const maxQuoted = 20;

/** An InvalidInput for `expression` that says what was expected, where (counted from 0), and what is there. */
export function syntaxError(expected: string, { kind, text, start }: Token): InvalidInput {
  const got = kind === "end" ? "the end" : JSON.stringify(truncate(text, maxQuoted));
  return new InvalidInput({
    field: "expression",
    description: `expected ${expected} at position ${start}: got ${got}`,
  });
}
