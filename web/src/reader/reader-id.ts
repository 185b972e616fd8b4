/** The largest number a reader can have. */
export const largestReaderId = 2_147_483_647;

/** A reader nobody else is likely to be. `random` gives numbers from 0 up to, but not including, 1. */
export function newReaderId(random: () => number): number {
  return 1 + Math.floor(random() * largestReaderId);
}

/** The reader that a text names, or undefined when it is no whole number from 1 to 2,147,483,647. */
export function parseReaderId(text: string): number | undefined {
  const digits = text.trim();
  if (!/^\d{1,10}$/.test(digits)) return undefined;
  const id = Number(digits);
  return id >= 1 && id <= largestReaderId ? id : undefined;
}
