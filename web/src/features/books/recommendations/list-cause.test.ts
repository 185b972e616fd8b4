import { expect, it } from "vitest";
import { listCause } from "./list-cause.ts";
import { noRankedList } from "./ranked-list.ts";

const list = { ...noRankedList, sequence: 7n, changedBookId: 6 };
const others = () => false;

it("names the book that another client rated", () => {
  expect(listCause(list, others)).toEqual({ kind: "rated-elsewhere", bookId: 6 });
  expect(listCause(list, (bookId, sequence) => bookId === 5 || sequence === 6n)).toEqual({
    kind: "rated-elsewhere",
    bookId: 6,
  });
});

it("names the book whose rating was made here", () => {
  expect(listCause(list, (bookId, sequence) => bookId === 6 && sequence === 7n)).toEqual({
    kind: "rated-here",
    bookId: 6,
  });
});

it("names the model that took over", () => {
  const renewed = { ...noRankedList, sequence: 7n, modelChanged: true, modelVersion: 3n };
  expect(listCause(renewed, others)).toEqual({ kind: "model", version: 3n });
});

it("names nothing for a first list, and for one without a model", () => {
  expect(listCause(noRankedList, others)).toBeUndefined();
  expect(listCause({ ...list, changedBookId: undefined }, others)).toBeUndefined();
  expect(listCause({ ...noRankedList, modelChanged: true }, others)).toBeUndefined();
});
