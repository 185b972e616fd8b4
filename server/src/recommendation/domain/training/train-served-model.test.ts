import { expect, test } from "vitest";
import { trainServedModel } from "./train-served-model.ts";

const traits = (id: number) => ({ id, authors: [], tags: [] });

test("ranks every book of the catalogue and passes over likes of others", () => {
  const likes = { readers: [7, 7, 8, 9], books: [3, 5, 5, 99] };
  const { bookIds, readers, likes: count, popularity } = trainServedModel({ likes, books: [5, 1, 3].map(traits) });
  expect({ bookIds: [...bookIds], readers, count, books: popularity.length }).toEqual({
    bookIds: [1, 3, 5],
    readers: 2,
    count: 3,
    books: 3,
  });
});
