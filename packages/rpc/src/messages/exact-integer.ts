/** A number as JSON writes it: sign, digits before the point, digits after it, exponent. */
const JSON_NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
const PLAIN_INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** More digits than a 64-bit integer can have. */
const MAX_DIGITS = 20;

/**
 * A whole number that is written as JSON writes numbers, such as `1.0` or `12e1`, in plain decimal digits, without losing any; undefined for
 * what is no number, is not whole, or has more digits than any 64-bit integer.
 */
export function exactInteger(text: string): string | undefined {
  if (text.length <= MAX_DIGITS && PLAIN_INTEGER.test(text)) return text;
  const match = JSON_NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = withoutLastZeros(digits);
  if (significant === "") return "0";
  const zeros = Number(exponent) - fraction.length + (digits.length - significant.length);
  if (zeros < 0 || significant.length + zeros > MAX_DIGITS) return undefined;
  return sign + significant + "0".repeat(zeros);
}

/** Not by a pattern, which would try again at each zero of a long text that a client may send. */
function withoutLastZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}

/** Whether a text is a number as JSON writes it. */
export function isJsonNumber(text: string): boolean {
  return JSON_NUMBER.test(text);
}
