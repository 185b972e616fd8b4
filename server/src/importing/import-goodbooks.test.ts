import { findGoodbooks } from "@triptych/testkit/goodbooks-folder.ts";
import { describe, expect, it, onTestFinished } from "vitest";
import { categoryNames } from "../services/recommendation/domain/categories.ts";
import { openLibrary } from "../storage/sqlite/library.ts";
import { loadCatalogue } from "../storage/sqlite/load-catalogue.ts";
import { importFolder } from "./import-folder.ts";
import { writeFolder } from "./testing/write-folder.ts";

const full = findGoodbooks("full");
const legacyTitles = [
  "The Maltese Falcon",
  "Murder on the Orient Express",
  "The Hound of the Baskervilles",
  "The Hitchhiker's Guide to the Galaxy",
  "Ender's Game",
  "The Dune Chronicles",
  "The 7 Habits of Highly Effective People",
  "How to Win Friends and Influence People",
  "Man's Search for Meaning",
];

describe.skipIf(full === undefined)("goodbooks-10k/full (skipped where the data is not there)", () => {
  it("is imported, sorted into categories, and searched", async () => {
    const dataDir = await writeFolder({});
    const signal = new AbortController().signal;
    const { info, builtIn } = await importFolder({
      folder: full ?? "",
      dataDir,
      now: () => new Date(),
      onProgress: () => {},
      signal,
    });
    expect(info).toMatchObject({ books: 10_000, ratings: 615_501, wishes: 664_369 });

    const library = openLibrary(dataDir);
    onTestFinished(() => library?.close());
    const imported = [...(library?.books() ?? [])];
    const catalogue = await loadCatalogue(library);
    expect(imported.every(({ categories }) => categories.length >= 1 && categories.length <= 3)).toBe(true);
    const unsorted = imported.filter(({ categories }) => categories.includes("other"));
    expect(unsorted.length).toBeLessThan(imported.length / 10);
    const ids = catalogue.categories.map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(30);
    expect(ids).toEqual(expect.arrayContaining(Object.keys(categoryNames)));

    expect(builtIn).toBeGreaterThan(300);
    expect(legacyTitles.map((_, index) => catalogue.book(index + 1).title)).toEqual(legacyTitles);
    // All nine are in the data, so readers say how popular they are.
    expect(imported.slice(0, 9).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);

    const search = (query: string, category = "") => catalogue.search({ category, query }).map(({ title }) => title);
    expect(search("harry pott")[0]).toBe("Harry Potter and the Philosopher's Stone");
    expect(search("garcia marq")[0]).toBe("One Hundred Years of Solitude");
    expect(search("le carre", "thriller").length).toBeGreaterThan(1);
  }, 120_000);
});
