import { firstCodePoints } from "./truncate.ts";

const UNSEEN = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * A text as an error may show it: in quotation marks as JSON writes it, cut after so many characters. What cannot be seen in it, or would
 * turn round the message, is written as its code: `"+49\u00a030"`.
 */
export function quoted(text: string, length = 30): string {
  const start = firstCodePoints(text, length);
  const shown = JSON.stringify(start).replace(UNSEEN, codeOf);
  return shown + (start.length < text.length ? "…" : "");
}

function codeOf(character: string): string {
  const units = character.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  return units.map((unit) => `\\u${unit}`).join("");
}
