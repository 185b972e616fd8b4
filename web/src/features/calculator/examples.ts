/** An expression worth trying. */
export interface Example {
  readonly expression: string;
  /** What is special about its result, in a few words. */
  readonly lesson: string;
}

/** Expressions that show what exact arithmetic is, and where it ends. */
export const examples: readonly Example[] = [
  { expression: "0.1+0.2", lesson: "0.3, with nothing behind it" },
  { expression: "2^200", lesson: "all 61 digits" },
  { expression: "1/3*3", lesson: "a third keeps its whole" },
  { expression: "sqrt(2)", lesson: "never ends, so it says ≈" },
  { expression: "52!/(5!*47!)", lesson: "every hand of five cards" },
  { expression: "ln(2)", lesson: "as many digits as you like" },
];
