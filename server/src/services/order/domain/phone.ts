import { describeCharacter } from "../../../domain/describe-character.ts";
import { quoted } from "../../../domain/quoted.ts";

const SHAPE = /^\+?\(?\d[\d ./()-]*$/;
/** What no number has and what may look like something that one has. */
const STRANGE = /[^\x20-\x7e]/u;
const LONGEST = 60;

/** What a phone number takes, in words. */
const rule =
  "must be 3 to 15 digits, with an optional leading + and spaces, dots, dashes, slashes or parentheses between them, " +
  `at most ${LONGEST} characters in all`;

/**
 * A phone number as it is stored: what pages and address books put into one when it is copied is made plain, which is spaces and hyphens of
 * any kind, full-width digits and signs, and characters that cannot be seen.
 */
export function normalizePhone(text: string): string {
  // Far beyond any phone number, and so that a huge text costs nothing.
  if (text.length > 10 * LONGEST) return text;
  return text
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/gu, "")
    .replace(/[\p{Pd}\u2212]/gu, "-")
    .replace(/\p{Zs}/gu, " ")
    .trim();
}

/**
 * What is wrong with a normalized phone number to call back, or nothing; a character that may not look like what it is is named. It checks the form only:
 * no country's numbering plan.
 */
export function phoneProblem(phone: string): string | undefined {
  if (isPhone(phone)) return undefined;
  const found = phone.length > LONGEST ? null : STRANGE.exec(phone);
  const where = found === null ? "" : `${describeCharacter(found[0])} at index ${found.index} of `;
  return `${rule}: got ${where}${quoted(phone)}`;
}

function isPhone(text: string): boolean {
  if (text.length > LONGEST || !SHAPE.test(text) || !/[\d)]$/.test(text)) return false;
  const digits = text.replace(/\D/g, "").length;
  return digits >= 3 && digits <= 15;
}
