const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

/** What is wrong with a text that is to be a finite number; undefined when nothing is. */
export function numberProblem(text: string): string | undefined {
  const isNumber = text.trim() !== "" && Number.isFinite(Number(text));
  return isNumber ? undefined : "must be a number, such as 3 or -0.5";
}

/** What is wrong with a text that is to be a whole number of 64 bits; undefined when nothing is. */
export function wholeNumberProblem(text: string): string | undefined {
  if (!/^\s*-?\d{1,30}\s*$/.test(text)) return "must be a whole number";
  const value = BigInt(text.trim());
  return value >= int64.min && value <= int64.max ? undefined : "must fit into 64 bits";
}

/** What is wrong with a text that is to be a name, as far as that can be said here; undefined when nothing is. */
export function nameProblem(text: string): string | undefined {
  return text.trim() === "" ? "must not be empty" : undefined;
}
