import { bitLength } from "./bigint-math.ts";

/** The largest whole number whose power `degree` is at most `value`; `value` and `degree` are at least 1. */
export function integerRoot(value: bigint, degree: number): bigint {
  const bits = bitLength(value);
  if (degree === 1) return value;
  if (degree >= bits) return 1n;
  const power = BigInt(degree);
  let root = rootFromAbove(value, bits, degree);
  // Newton's iteration from above falls until it is there.
  for (;;) {
    const next = ((power - 1n) * root + value / root ** (power - 1n)) / power;
    if (next >= root) return root;
    root = next;
  }
}

/** A first guess that is never below the root and agrees with it in about 40 bits. */
function rootFromAbove(value: bigint, bits: number, degree: number): bigint {
  const dropped = Math.max(0, bits - 53);
  const logarithm = (dropped + Math.log2(Number(value >> BigInt(dropped)) + 1)) / degree;
  const shift = Math.max(0, Math.floor(logarithm) - 45);
  return (BigInt(Math.ceil(2 ** (logarithm - shift) * (1 + 1e-11))) + 1n) << BigInt(shift);
}

/** The exact root of a number of at least 0, or undefined where it is not whole. */
export function exactRoot(value: bigint, degree: number): bigint | undefined {
  if (value === 0n) return 0n;
  const root = integerRoot(value, degree);
  return root ** BigInt(degree) === value ? root : undefined;
}
