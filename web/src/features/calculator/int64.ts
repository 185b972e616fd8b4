const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;

/** Digits, or groups of three parted by commas, by underscores or by spaces: a comma elsewhere may be meant for a point. */
const wholeNumber = /^[+-]?(?:\d+|\d{1,3}(?:([,_\s])\d{3})(?:\1\d{3})*)$/u;
/** Two more than int64 needs, for a few zeros in front. */
const mostDigits = 21;

/** Reads a whole number in decimal notation; undefined for anything else and for what int64 cannot hold. */
export function parseInt64(text: string): bigint | undefined {
  const trimmed = text.trim().replace("−", "-");
  if (!wholeNumber.test(trimmed)) return undefined;
  const plain = trimmed.replaceAll(/[+,_\s]/g, "");
  if (plain.length > mostDigits) return undefined;
  const number = BigInt(plain);
  return number >= least && number <= most ? number : undefined;
}
