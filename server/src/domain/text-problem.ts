import { nameCharacter } from "./describe-character.ts";

const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}]/u;
const PLAIN = /^[\x20-\x7e]*$/;

// Embeddings, overrides and isolates turn round whatever is shown after the text; marks (U+200E, U+200F, U+061C) do not.
const IN_ONE_LINE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069]/u;
const IN_LINES = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u202a-\u202e\u2066-\u2069]/u;

const rules: readonly (readonly [RegExp, string])[] = [
  [/^\p{Cc}$/u, "must have no control characters"],
  [/^\p{Cs}$/u, "must be well-formed Unicode"],
  [/^[\p{Zl}\p{Zp}]$/u, "must be one line"],
  [/^\p{Noncharacter_Code_Point}$/u, "must have no noncharacters"],
];

/**
 * Says what keeps a text from being stored and shown, or nothing: control characters, lone surrogates, noncharacters, and embeddings, overrides
 * and isolates of the direction of writing, which would turn round what is shown beside it. A text in `lines` may have tabs and ends of lines.
 * The message names the character and its index in UTF-16 units.
 */
export function textProblem(text: string, shape: "line" | "lines"): string | undefined {
  // Most texts are ASCII, for which less work does.
  if (PLAIN.test(text)) return undefined;
  const found = (shape === "line" ? IN_ONE_LINE : IN_LINES).exec(text);
  if (found === null) return undefined;
  const [character] = found;
  const rule = rules.find(([pattern]) => pattern.test(character))?.[1] ?? "must not turn the direction of writing";
  return `${rule}: got ${nameCharacter(character)} at index ${found.index}`;
}

/** Whether there is something to be seen in a text. */
export function hasVisible(text: string): boolean {
  return VISIBLE.test(text);
}
