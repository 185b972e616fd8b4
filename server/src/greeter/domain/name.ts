import { type FieldViolation, InvalidInput } from "../../domain/errors.ts";

/** The longest name, in Unicode code points: what every language runtime can count alike, unlike grapheme clusters. */
const MAX_NAME_LENGTH = 200;

const CONTROL = /\p{Cc}/u;
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Says what is wrong with a name, or nothing. A name has 1 to 200 code points of any script, something visible among
 * them, no control characters and no lone surrogates. It is taken as sent: spaces around it are neither removed nor
 * refused.
 */
export function nameViolation(name: string): FieldViolation | undefined {
  const problem = problemOf(name);
  return problem === undefined ? undefined : { field: "name", description: problem };
}

/** Raises InvalidInput for the field `name` unless it is a name. */
export function checkName(name: string): void {
  const violation = nameViolation(name);
  if (violation !== undefined) throw new InvalidInput(violation);
}

function problemOf(name: string): string | undefined {
  if (name === "") return `must have 1 to ${MAX_NAME_LENGTH} characters: got none`;
  if (isTooLong(name)) return `must have 1 to ${MAX_NAME_LENGTH} characters: got more than ${MAX_NAME_LENGTH}`;
  if (!name.isWellFormed()) return "must be well-formed Unicode: got a lone surrogate";
  const control = CONTROL.exec(name);
  if (control !== null)
    return `must have no control characters: got ${codePoint(control[0])} at index ${control.index}`;
  if (!VISIBLE.test(name)) return `must have 1 to ${MAX_NAME_LENGTH} characters, one of them visible: got only blanks`;
  return undefined;
}

function isTooLong(name: string): boolean {
  // A code point takes at most two units, so a huge name need not be walked to know.
  return name.length > 2 * MAX_NAME_LENGTH || [...name].length > MAX_NAME_LENGTH;
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
