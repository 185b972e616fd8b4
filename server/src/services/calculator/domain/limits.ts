/** The longest expression that is read, in characters (UTF-16 code units). */
export const MAX_EXPRESSION_LENGTH = 10_000;

/** The most lines that a notebook may have. */
export const MAX_LINES = 200;

/** The characters (UTF-16 code units) that all lines of a notebook may have together. */
export const MAX_NOTEBOOK_LENGTH = 20_000;

/** The most points of a plot. */
export const MAX_POINTS = 1_000;

/** The points of a plot when the caller does not say. */
export const DEFAULT_POINTS = 100;

/** The longest wait before a point of a plot, in milliseconds. */
export const MAX_POINT_INTERVAL_MS = 100;

/** How deep parentheses and calls may be nested. Nothing here recurses; the limit is what a person could still mean. */
export const MAX_NESTING = 1_000;

/** How many significant digits a caller may ask for, and the most that an exact result may have. */
export const MAX_DIGITS = 1_000;

/** The significant digits of an inexact result when the caller does not say: those of an IEEE 754 decimal128. */
export const DEFAULT_DIGITS = 34;

/**
 * The size of numerators and denominators that are held exactly, in bits: 3,010 digits. It is three times what is
 * shown, so that `1000!/998!` comes out exact.
 */
export const MAX_EXACT_BITS = 10_000;

/**
 * The most decimal digits that inexact arithmetic works with. What cannot be decided with so many (is
 * `sqrt(2)^2 - 2` zero?) is taken for equal where all that is not known is below 10^-1000.
 */
export const MAX_PRECISION = 2_100;

/** Digits that inexact arithmetic carries beyond those asked for, before it finds that it needs more. */
export const GUARD_DIGITS = 16;

/** The largest power of ten of a number's first digit, and its negative the smallest. */
export const MAX_EXPONENT = 999_999_999;

/** The characters that all the messages of one step-by-step evaluation may have together. */
export const MAX_STEP_CHARACTERS = 64 * 1024 * 1024;
