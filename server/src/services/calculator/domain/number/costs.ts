/*
 * What operations cost, in the meter's units (about a microsecond each), fitted to measurements. They are rather too
 * high than too low: what is charged is what keeps one call from holding the event loop.
 */

/** Exact operations on numbers of so many bits together, without cancelling common factors. */
export function exactCost(bits: number): number {
  return 2 + 2 * (bits / 1_000) ** 2;
}

/** Cancelling the common factors of two numbers of so many bits each. */
export function cancelCost(bits: number): number {
  return 2 + 25 * (bits / 1_000) ** 2;
}

/** A sum, product, quotient or square root of inexact numbers. */
export function ballCost(precision: number): number {
  return 3 + 0.12 * (precision / 100) ** 2;
}

/** An exponential or a logarithm of an inexact number. */
export function seriesCost(precision: number): number {
  return 30 + 4.5 * (precision / 100) ** 2;
}

/** Writing a number of so many digits, or reading it. */
export function textCost(digits: number): number {
  return 1 + 0.4 * (digits / 100) ** 2;
}
