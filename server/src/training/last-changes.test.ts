import { expect, it } from "vitest";
import { lastChanges } from "./last-changes.ts";

it("keeps the last change of each reader and book", () => {
  const changes = [
    { sequence: 1, reader: 1, book: 3, liked: true },
    { sequence: 2, reader: 2, book: 3, liked: true },
    { sequence: 4, reader: 1, book: 3, liked: false },
    { sequence: 5, reader: 1, book: 4, liked: true },
    { sequence: 9, reader: 1, book: 3, liked: true },
  ];
  expect(lastChanges(changes).map(({ sequence }) => sequence)).toEqual([9, 2, 5]);
});
