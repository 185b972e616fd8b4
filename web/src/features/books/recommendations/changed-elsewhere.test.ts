import { expect, test } from "vitest";
import { changedElsewhere } from "./changed-elsewhere.ts";
import { noRankedList } from "./ranked-list.ts";

const list = { ...noRankedList, sequence: 7n, changedBookId: 6 };
const nothingUnderWay = { wanted: new Map(), ownSequences: [] };

test("names the book that another client rated", () => {
  expect(changedElsewhere(list, nothingUnderWay)).toBe(6);
  expect(changedElsewhere(list, { wanted: new Map([[5, 1]]), ownSequences: [6n] })).toBe(6);
});

test.each([
  ["a rating that was made here", list, { ...nothingUnderWay, ownSequences: [7n] }],
  ["a rating of the book that is on its way", list, { ...nothingUnderWay, wanted: new Map([[6, 5]]) }],
  ["a list that no rating of the reader led to", { ...list, changedBookId: undefined }, nothingUnderWay],
  ["no list", noRankedList, nothingUnderWay],
])("names none for %s", (_name, shown, underWay) => {
  expect(changedElsewhere(shown, underWay)).toBeUndefined();
});
