import { create } from "@bufbuild/protobuf";
import { BookSchema, type Rating, RatingSchema } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { expect, it } from "vitest";
import { withStored, withWanted } from "./known-ratings.ts";

const book = (id: number) => create(BookSchema, { id });
const rating = (id: number, stars: number) => create(RatingSchema, { book: book(id), stars });
const wanted = (...wishes: (readonly [id: number, stars: number | undefined])[]) =>
  new Map(wishes.map(([id, stars]) => [id, { book: book(id), stars }]));
const starsById = (ratings: readonly Rating[]) => ratings.map(({ book, stars }) => [book?.id, stars]);

const known = [rating(1, 5), rating(2, 3)];

it("puts a stored rating first, in the place of the one before", () => {
  expect(starsById(withStored(known, 2, rating(2, 4)))).toEqual([
    [2, 4],
    [1, 5],
  ]);
});

it("leaves out a rating that was withdrawn", () => {
  expect(starsById(withStored(known, 1, undefined))).toEqual([[2, 3]]);
});

it("has the stars that are on their way, and not what is being withdrawn", () => {
  expect(starsById(withWanted(known, wanted([2, 1], [1, undefined])))).toEqual([[2, 1]]);
});

it("has a book that was never rated before first, and none that is withdrawn before it was", () => {
  expect(starsById(withWanted(known, wanted([7, 4], [8, undefined], [9, 2])))).toEqual([
    [9, 2],
    [7, 4],
    [1, 5],
    [2, 3],
  ]);
});

it("is the same list where nothing is on its way", () => {
  expect(withWanted(known, wanted())).toBe(known);
});
