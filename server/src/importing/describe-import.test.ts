import { expect, it } from "vitest";
import { describeImport } from "./describe-import.ts";
import { explainImportError } from "./explain-import-error.ts";
import { parseImportArguments } from "./import-arguments.ts";
import type { ImportOutcome } from "./import-outcome.ts";

const outcome: ImportOutcome = {
  imported: true,
  info: {
    fingerprint: "f",
    importedAt: new Date("2026-01-02T03:04:05Z"),
    books: 10_000,
    readers: 53_424,
    ratings: 5_976_479,
    wishes: 912_705,
  },
  builtIn: 314,
  repeated: 0,
  resumed: false,
  bad: { "books.csv": 0, "tags.csv": 0, "book_tags.csv": 0, "ratings.csv": 0, "to_read.csv": 0 },
  badRows: [],
};

it("says what was imported", () => {
  expect(describeImport(outcome, 23.45)).toBe(
    "imported 10,000 books, 5,976,479 ratings and 912,705 wishes of 53,424 readers in 23.4 s\n" +
      "314 of the books are built-in ones and keep their ids\n",
  );
  expect(describeImport({ ...outcome, imported: false }, 1)).toContain("nothing to do: 10,000 books");
});

it("counts bad rows, lists the first of each file with their lines, and says that it went on", () => {
  const badRows = Array.from({ length: 30 }, (_, index) => ({ file: "ratings.csv", line: index + 2, reason: "bad" }));
  const text = describeImport(
    { ...outcome, resumed: true, repeated: 3, bad: { ...outcome.bad, "ratings.csv": 1_500, "tags.csv": 1 }, badRows },
    1,
  );
  expect(text).toContain("in 1.0 s, going on where the import before had stopped\n");
  expect(text).toContain("3 rows name a reader and a book that another row names\n");
  expect(text).toContain("tags.csv: 1 bad row, left out\n  and 1 more\n");
  expect(text).toContain("ratings.csv: 1,500 bad rows, left out\n  line 2: bad\n");
  expect(text).toContain("  line 11: bad\n  and 1,490 more\n");
});

it.each([
  [{ errcode: 13 }, "the disk of data is full: make room and run the same command again"],
  [{ code: "ENOSPC" }, "the disk of data is full"],
  [{ errcode: 14 }, "data cannot be written: oops"],
  [{ errcode: 8 | (1 << 8) }, "data cannot be written: oops"],
  [{ code: "EACCES" }, "data cannot be written: oops"],
  [{ errcode: 10 | (3 << 8) }, "the disk of data fails: oops"],
  [{ code: "EBUSY" }, "data is in use"],
  [{}, "oops"],
])("explains %j", (properties, text) => {
  expect(explainImportError(Object.assign(new Error("oops"), properties), "data")).toContain(text);
});

it("takes one folder", () => {
  expect(parseImportArguments(["x y"])).toEqual({ folder: "x y", allowEmpty: false });
  expect(parseImportArguments(["--allow-empty", "x"])).toEqual({ folder: "x", allowEmpty: true });
  expect(() => parseImportArguments([])).toThrow("must be one folder: got 0");
  expect(() => parseImportArguments(["a", "b"])).toThrow("must be one folder: got 2");
  expect(() => parseImportArguments(["a", "--fast"])).toThrow("--fast");
});
