import { expect, it } from "vitest";
import type { StarCounts } from "../services/recommendation/domain/rating-store.ts";
import type { Library } from "./sqlite/library.ts";
import { mergeCounts } from "./star-counts.ts";

// Of a library nothing else is asked.
const libraryOf = (countsOf: () => Promise<StarCounts>) =>
  ({ lastReader: 9, starsOf: () => undefined, countsOf }) as unknown as Library;

const own = { count: async () => [{ stars: 4, readers: 2 }], raters: async () => [] };

it("counts again where the library was replaced, and so closed, meanwhile", async () => {
  const library = { current: libraryOf(() => fail()) };
  async function fail(): Promise<never> {
    library.current = libraryOf(async () => [1, 0, 0, 1, 0]);
    throw new Error("database is not open");
  }
  expect(await mergeCounts(7, own, library)).toEqual([1, 0, 0, 3, 0]);
});

it("fails where the library that is served cannot be read", async () => {
  const broken = libraryOf(() => Promise.reject(new Error("disk image is malformed")));
  await expect(mergeCounts(7, own, { current: broken })).rejects.toThrow("disk image is malformed");
});
