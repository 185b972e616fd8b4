import { expect, it } from "vitest";
import { readFeedback } from "./read-feedback.ts";
import { writeFolder } from "./testing/write-folder.ts";

it("likes are ratings from 4 stars and the wish list, and what is liked less has a weight", async () => {
  const folder = await writeFolder({
    "ratings.csv": "user_id,book_id,rating\n1,10,5\n1,11,4\n2,10,3\n2,11,1\n2,12,6\n2,13,0\n",
    "to_read.csv": "user_id,book_id\n3,10\nthree,10\n",
  });
  const { likes, others, badRows } = await readFeedback(folder);
  expect(likes).toEqual({ readers: [1, 1, 3], books: [10, 11, 10] });
  expect(others).toEqual({ readers: [2, 2], books: [10, 11], weights: [0.5, -1] });
  expect(badRows.map(({ file, line, reason }) => `${file} ${line} ${reason}`)).toEqual([
    "ratings.csv 6 must be 1 to 5 stars: got 6",
    "ratings.csv 7 must be 1 to 5 stars: got 0",
    'to_read.csv 3 must be 2 whole numbers: got "three,10"',
  ]);
});

it("a folder without its files is refused", async () => {
  await expect(readFeedback(await writeFolder({}))).rejects.toThrow("ratings.csv");
});
