import { expect, it } from "vitest";
import { createProgressLines } from "./progress-lines.ts";

function setUp(isTerminal: boolean, columns = 80) {
  const texts: string[] = [];
  let time = 0;
  const lines = createProgressLines({
    write: (text) => texts.push(text),
    isTerminal,
    columns: () => columns,
    now: () => time,
  });
  const at = (milliseconds: number, step: string, rows: number, done: number) => {
    time = milliseconds;
    lines.show({ step, rows, done });
  };
  return { lines, texts, at };
}

it("writes a line for each step and now and then, with the rate and the time left", () => {
  const { texts, at } = setUp(false);
  at(0, "checking", 0, 0);
  at(1_000, "ratings.csv", 1_000, 0.1);
  at(1_500, "ratings.csv", 2_000, 0.2);
  at(3_000, "ratings.csv", 5_000, 0.3);
  at(100_000, "to_read.csv", 7, 0.5);
  expect(texts).toEqual([
    "  0% checking\n",
    " 10% ratings.csv, 1,000 rows\n",
    " 30% ratings.csv, 5,000 rows, 2,000 rows/s, 11 s left\n",
    " 50% to_read.csv, 7 rows, 2 min 5 s left\n",
  ]);
});

it("does not count what an earlier run did as speed", () => {
  const { texts, at } = setUp(false);
  at(0, "ratings.csv", 900_000, 0.8);
  at(10_000, "ratings.csv", 910_000, 0.9);
  expect(texts[1]).toBe(" 90% ratings.csv, 910,000 rows, 1,000 rows/s, 10 s left\n");
});

it("draws a bar over itself on a terminal, no wider than that, and takes it away", () => {
  const { lines, texts, at } = setUp(true, 44);
  at(0, "ratings.csv", 1_000, 0.25);
  at(50, "ratings.csv", 1_500, 0.3);
  at(200, "finishing", 0, 0.5);
  lines.clear();
  expect(texts).toEqual([
    "\r[######------------------]  25% ratings.csv",
    "\r[############------------]  50% finishing, ",
    `\r${" ".repeat(43)}\r`,
  ]);
});
