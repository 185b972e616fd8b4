const least = -(2n ** 63n);
const most = 2n ** 63n - 1n;

/** Reads a whole number in decimal notation; undefined for anything else and for what int64 cannot hold. */
export function parseInt64(text: string): bigint | undefined {
  const plain = text
    .trim()
    .replaceAll(/[,_\s]/g, "")
    .replace("−", "-");
  if (!/^[+-]?\d{1,19}$/u.test(plain)) return undefined;
  const number = BigInt(plain.replace("+", ""));
  return number >= least && number <= most ? number : undefined;
}
