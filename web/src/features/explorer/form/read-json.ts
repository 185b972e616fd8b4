import type { Parsed } from "./parse-scalar.ts";

const stringOrNumber = /"(?:\\.|[^"\\])*"|-?\d[\d.eE+-]*/g;

/**
 * Reads JSON that a person wrote. Whole numbers that a JSON number does not hold exactly are refused, where `JSON.parse`
 * would silently take the nearest one.
 */
export function readJson(text: string): Parsed {
  try {
    const json = JSON.parse(text);
    const inexact = text.match(stringOrNumber)?.find(isInexact);
    return inexact === undefined
      ? { json }
      : { problem: `${inexact} is too long for a number in JSON: put it in quotes` };
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function isInexact(token: string): boolean {
  return /^-?\d{16,}$/.test(token) && String(Number(token)) !== token;
}
