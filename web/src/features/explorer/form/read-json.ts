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

/** Sign, digits before the point, digits after it, exponent. */
const jsonNumber = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Whether a number that an integer of 64 bits may hold is another one as a JSON number, however it is written. */
function isInexact(token: string): boolean {
  const [, whole = "", fraction = "", exponent = "0"] = jsonNumber.exec(token) ?? [];
  const value = Math.abs(Number(token));
  if (whole === "" || value <= Number.MAX_SAFE_INTEGER || value > 2 ** 64) return false;
  const places = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const held = BigInt(value);
  return places >= 0 ? digits * 10n ** BigInt(places) !== held : digits !== held * 10n ** BigInt(-places);
}
