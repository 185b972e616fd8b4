import { expect, it } from "vitest";
import { listCause } from "./list-cause.ts";
import { noRankedList } from "./ranked-list.ts";

const list = { ...noRankedList, sequence: 7n, changedBookId: 6 };
const nothingUnderWay = { wanted: new Map(), ownSequences: [] };

it("names the book that another client rated", () => {
  expect(listCause(list, nothingUnderWay)).toEqual({ kind: "rated-elsewhere", bookId: 6 });
  const others = { wanted: new Map([[5, 1]]), ownSequences: [6n] };
  expect(listCause(list, others)).toEqual({ kind: "rated-elsewhere", bookId: 6 });
});

it.each([
  ["has been stored", { ...nothingUnderWay, ownSequences: [7n] }],
  ["is on its way", { ...nothingUnderWay, wanted: new Map([[6, 5]]) }],
])("names the book whose rating was made here and %s", (_name, underWay) => {
  expect(listCause(list, underWay)).toEqual({ kind: "rated-here", bookId: 6 });
});

it("names the model that took over", () => {
  const renewed = { ...noRankedList, sequence: 7n, modelChanged: true, modelVersion: 3n };
  expect(listCause(renewed, nothingUnderWay)).toEqual({ kind: "model", version: 3n });
});

it("names nothing for a first list, and for one without a model", () => {
  expect(listCause(noRankedList, nothingUnderWay)).toBeUndefined();
  expect(listCause({ ...list, changedBookId: undefined }, nothingUnderWay)).toBeUndefined();
  expect(listCause({ ...noRankedList, modelChanged: true }, nothingUnderWay)).toBeUndefined();
});
