const powersOfTen: bigint[] = [1n];
const MAX_CACHED_POWER = 4_300;

/** 10^exponent, for an exponent of at least 0. */
export function powerOfTen(exponent: number): bigint {
  const cached = powersOfTen[exponent];
  if (cached !== undefined) return cached;
  const power = 10n ** BigInt(exponent);
  if (exponent <= MAX_CACHED_POWER) powersOfTen[exponent] = power;
  return power;
}

/** The absolute value. */
export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** How many binary digits the magnitude of a number has; 0 has none. */
export function bitLength(value: bigint): number {
  const hex = magnitude(value).toString(16);
  // clz32 counts in 32 bits, of which a hexadecimal digit has the last four.
  return hex.length * 4 - (Math.clz32(Number.parseInt(hex.charAt(0), 16)) - 28);
}

/** How many decimal digits the magnitude of a number has; 0 has one. */
export function digitCount(value: bigint): number {
  const size = magnitude(value);
  const atLeast = Math.max(1, Math.floor((bitLength(size) - 1) * Math.log10(2)) + 1);
  return size >= powerOfTen(atLeast) ? atLeast + 1 : atLeast;
}

/** The quotient rounded to the nearest whole number, halves away from zero. The divisor is above 0. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  // An odd divisor has no ties, so the half that division drops changes nothing.
  return dividend < 0n ? (dividend - half) / divisor : (dividend + half) / divisor;
}

/** The quotient rounded towards negative infinity. The divisor is above 0. */
export function divideFloor(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend < 0n && quotient * divisor !== dividend ? quotient - 1n : quotient;
}

/** ceil(value × 10^exponent) for a value of at least 0, at no cost where that is 1 by sight. */
export function scaleUp(value: bigint, exponent: number): bigint {
  if (value === 0n) return 0n;
  if (exponent >= 0) return value * powerOfTen(exponent);
  if (-exponent > digitCount(value)) return 1n;
  return value / powerOfTen(-exponent) + 1n;
}

/** base^exponent mod modulus, for an exponent and a modulus above 0. */
export function powerModulo(base: bigint, exponent: number, modulus: bigint): bigint {
  let result = 1n % modulus;
  let square = base % modulus;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
