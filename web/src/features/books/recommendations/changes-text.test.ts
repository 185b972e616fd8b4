import { expect, it } from "vitest";
import { changesText } from "./changes-text.ts";
import type { RankChange } from "./ranked-list.ts";

it.each<[RankChange[], string]>([
  [[], "every book kept its place"],
  [[3, 1, -1, "new"], "2 up, 1 down, 1 new"],
  [["new", "new"], "2 new"],
  [[-2], "1 down"],
])("sums up %j as %s", (changes, expected) => {
  expect(changesText(new Map(changes.entries()))).toBe(expected);
});
