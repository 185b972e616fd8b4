import { rm, writeFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { importFolder } from "../../importing/import-folder.ts";
import { writeSmallFolder } from "../../importing/testing/small-folder.ts";
import { writeFolder } from "../../importing/testing/write-folder.ts";
import { builtInBooks } from "../../services/recommendation/domain/built-in-catalogue.ts";
import { libraryFile } from "./library-file.ts";
import { type LibraryBooks, openServedLibrary } from "./served-library.ts";

async function setUp() {
  const dataDir = await writeFolder({});
  const errors: unknown[] = [];
  const logger = { info: () => {}, error: (entry: unknown) => void errors.push(entry) };
  const add = async (readers: number) => {
    const folder = await writeSmallFolder({ readers });
    const signal = new AbortController().signal;
    return (await importFolder({ folder, dataDir, now: () => new Date(0), onProgress: () => {}, signal })).info;
  };
  const open = async () => {
    const library = await openServedLibrary({ dataDir, logger });
    onTestFinished(() => library.close());
    return library;
  };
  return { dataDir, errors, add, open };
}

const titleOf = ({ catalogue }: LibraryBooks, id: number) => catalogue.find(id)?.title;

describe("the library that is served", () => {
  it("is the built-in books alone while nothing is imported, or what is there cannot be read", async () => {
    const { dataDir, errors, open } = await setUp();
    const alone = await open();
    expect([alone.current, alone.books.library]).toEqual([undefined, undefined]);
    expect(alone.books.catalogue.books).toEqual(builtInBooks);
    await writeFile(libraryFile(dataDir), "no library");
    expect((await open()).books.catalogue.books).toEqual(builtInBooks);
    expect(errors).toEqual([{ err: expect.objectContaining({ message: expect.stringContaining("import again") }) }]);
  });

  it("is the built-in books and those imported, which are found by words and categories", async () => {
    const { add, open } = await setUp();
    const { fingerprint } = await add(20);
    const { current, books } = await open();
    expect([current?.info.fingerprint, books.library]).toEqual([fingerprint, fingerprint]);
    expect(books.catalogue.books).toHaveLength(builtInBooks.length + 5);
    expect(books.catalogue.search({ category: "dystopia", query: "HUNGRY gam" }).map(({ id }) => id)).toEqual([1001]);
    expect(books.catalogue.categories).toContainEqual({ id: "dystopia", name: "Dystopia", bookCount: 2 });
    // A built-in book is as it was, but as popular as the data say.
    const before = builtInBooks.find(({ id }) => id === 1);
    const { popularity } = books.catalogue.book(1);
    expect(books.catalogue.book(1)).toEqual({ ...before, popularity });
    expect(popularity).not.toBe(before?.popularity);
  });

  it("gives way to the next one whole, while calls go on, until it is told to stop", async () => {
    const { dataDir, add, open } = await setUp();
    const library = await open();
    const stop = new AbortController();
    const waiting: ((books: LibraryBooks) => void)[] = [];
    const next = () => new Promise<LibraryBooks>((resolve) => waiting.push(resolve));
    const watched = library.watch((books) => waiting.shift()?.(books), stop.signal, 5);

    let replaced = next();
    const first = await add(20);
    const books = await replaced;
    expect([books.library, library.books, library.current?.info]).toEqual([first.fingerprint, books, first]);
    expect(titleOf(books, 1001)).toBe("The Hungry Game (Hungry, #1)");

    replaced = next();
    const second = await add(30);
    expect((await replaced).library).toBe(second.fingerprint);
    expect(library.current?.ratingsOf(30)).not.toEqual([]);

    replaced = next();
    await rm(libraryFile(dataDir));
    expect((await replaced).catalogue.books).toEqual(builtInBooks);
    stop.abort();
    await expect(watched).resolves.toBeUndefined();
  });
});
