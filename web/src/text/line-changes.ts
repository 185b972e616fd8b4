import { type ChangeObject, diffLines } from "diff";

/** How many changed lines are looked for at most: beyond that two texts have little in common, and finding out takes long. */
const MOST_CHANGES = 2_000;

/** What leads from one text to another, line by line; undefined where they are too different to be compared. */
export function lineChanges(before: string, after: string): ChangeObject<string>[] | undefined {
  return diffLines(`${before}\n`, `${after}\n`, { maxEditLength: MOST_CHANGES, timeout: 40 });
}
