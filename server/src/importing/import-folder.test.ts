import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLibrary } from "../storage/sqlite/library.ts";
import { libraryFile } from "../storage/sqlite/library-file.ts";
import { lockLibrary } from "../storage/sqlite/library-lock.ts";
import { type ImportOptions, importFolder } from "./import-folder.ts";
import { dumpLibrary } from "./testing/dump-library.ts";
import { writeSmallFolder } from "./testing/small-folder.ts";
import { writeFolder } from "./testing/write-folder.ts";

const importedAt = new Date("2026-01-02T03:04:05Z");
const emptyFolder = () => writeFolder({});

function run(folder: string, dataDir: string, options: Partial<ImportOptions> = {}) {
  return importFolder({
    folder,
    dataDir,
    now: () => importedAt,
    onProgress: () => {},
    signal: new AbortController().signal,
    ...options,
  });
}

function open(dataDir: string) {
  const library = openLibrary(dataDir);
  onTestFinished(() => library?.close());
  return library;
}

describe("an import", () => {
  it("brings books, ratings and wishes, and says how many", async () => {
    const [folder, dataDir] = [await writeSmallFolder({ readers: 50 }), await emptyFolder()];
    const { info, ...outcome } = await run(folder, dataDir);
    expect(outcome).toMatchObject({ imported: true, builtIn: 2, repeated: 0, resumed: false, badRows: [] });
    expect(info).toMatchObject({ importedAt, books: 7, readers: 50 });
    const library = open(dataDir);
    expect(library?.info).toEqual(info);
    const { ratings, wishes } = dumpLibrary(libraryFile(dataDir));
    expect([info.ratings, info.wishes]).toEqual([ratings?.length, wishes?.length]);
    expect(library?.ratingsOf(1)).toEqual(
      ratings?.flatMap((row) => {
        const { user_id, book_id, stars } = row as Record<string, number>;
        return user_id === 1 ? [{ bookId: book_id, stars }] : [];
      }),
    );
    expect(library?.ratingsOf(1).length).toBeGreaterThan(2);
    expect(library?.ratingsOf(51)).toEqual([]);
    expect(await readdir(dataDir)).toEqual(["library.lock", "library.sqlite"]);
  });

  it("gives built-in books their ids and what is known of them, and others the categories of their tags", async () => {
    const [folder, dataDir] = [await writeSmallFolder({ readers: 50 }), await emptyFolder()];
    await run(folder, dataDir);
    const books = [...(open(dataDir)?.books() ?? [])];
    expect(books.map(({ id, title, authors, year, categories }) => [id, title, authors, year, categories])).toEqual([
      [1, "The Maltese Falcon", ["Dashiell Hammett"], 1930, ["mystery", "classics"]],
      [6, "The Dune Chronicles", ["Frank Herbert"], 1965, ["science-fiction", "adventure"]],
      [1001, "The Hungry Game (Hungry, #1)", ["Ada Example"], 2008, ["dystopia", "science-fiction", "young-adult"]],
      [1002, 'Harry Potter, the "first" one', ["J.K. Rowling", "Mary GrandPré"], 1997, ["fantasy"]],
      // Its only tag is a mere shelf, so its category is what its readers like.
      [1005, "Años de soledad", ["José Ejemplo"], 0, expect.any(Array)],
      // It has no tags, but one of the same author has.
      [1006, "The Thirsty Game", ["Ada Example"], 2009, ["dystopia", "science-fiction"]],
      [1007, "A Book without Tags", ["Nobody"], -750, expect.any(Array)],
    ]);
    expect(books.every(({ categories }) => categories.length >= 1 && categories.length <= 3)).toBe(true);
    const popularity = books.map((book) => book.popularity);
    expect(Math.max(...popularity)).toBe(100);
    expect(Math.min(...popularity)).toBe(books.at(-1)?.popularity);
  });

  it("lets the likes of readers say how popular books are where the data do not", async () => {
    const files = { "books.csv": "book_id,goodreads_book_id,authors,title\n1,1,A,First\n2,2,B,Second\n" };
    const [folder, dataDir] = [
      await writeSmallFolder({
        readers: 0,
        files: { ...files, "ratings.csv": "user_id,book_id,rating\n1,2,5\n2,2,4\n1,1,4\n2,1,2\n" },
      }),
      await emptyFolder(),
    ];
    await run(folder, dataDir);
    const [first, second] = [...(open(dataDir)?.books() ?? [])];
    expect(second?.popularity).toBe(100);
    expect(first?.popularity).toBeCloseTo((100 * Math.log(2)) / Math.log(3), 10);
    expect(first?.categories).toEqual(["other"]);
  });

  it("leaves bad rows out, counts them and tells the first ones with their lines", async () => {
    const bad = Array.from({ length: 150 }, () => "x,y,z").join("\n");
    const folder = await writeSmallFolder({
      readers: 0,
      files: {
        "books.csv":
          "title,book_id,goodreads_book_id,authors\nFine,1,11,A\n,2,12,B\nAgain,1,13,C\nx,none,14,D\ntoo,few\n",
        "tags.csv": "tag_id,tag_name\n1,mystery\nx,y\n",
        "book_tags.csv": "goodreads_book_id,tag_id,count\n11,1,5\n11,1,-1\n",
        "ratings.csv": `user_id,book_id,rating\n1,1,5\n1,1,6\n0,1,5\n2,99,3\n3,1,1\n${bad}\n4,1,4`,
        "to_read.csv": "user_id,book_id\n5,1\n5,2\n",
      },
    });
    const dataDir = await emptyFolder();
    const outcome = await run(folder, dataDir);
    expect(outcome.bad).toEqual({
      "books.csv": 4,
      "tags.csv": 1,
      "book_tags.csv": 1,
      "ratings.csv": 153,
      "to_read.csv": 1,
    });
    expect(outcome.info).toMatchObject({ books: 1, ratings: 3, wishes: 1, readers: 4 });
    const told = outcome.badRows.map(({ file, line, reason }) => `${file} ${line} ${reason}`);
    expect(told.filter((row) => row.startsWith("ratings.csv"))).toHaveLength(100);
    expect(told).toEqual(
      expect.arrayContaining([
        "books.csv 3 title must not be empty",
        "books.csv 4 book_id must be another in each row: got 1 again",
        'books.csv 5 book_id must be 1 to 2147482647: got "none"',
        'books.csv 6 must be 4 cells: got 2 in "too,few"',
        'book_tags.csv 3 must be 3 whole numbers: got "11,1,-1"',
        "ratings.csv 3 must be 1 to 5 stars: got 6",
        "ratings.csv 4 user_id must be 1 or more: got 0",
        'ratings.csv 5 book_id must be in books.csv: got "99"',
        'ratings.csv 7 must be 3 whole numbers: got "x,y,z"',
        'to_read.csv 3 book_id must be in books.csv: got "2"',
      ]),
    );
  });

  it("leaves out books whose title or authors cannot be read or shown, and says why", async () => {
    const row = (id: number, title: string, authors = "A") => Buffer.from(`${id},${id},${authors},${title}\n`);
    const folder = await writeSmallFolder({
      readers: 0,
      files: {
        "books.csv": Buffer.concat([
          Buffer.from("book_id,goodreads_book_id,authors,title\n"),
          row(1, "Café"),
          Buffer.from("2,2,A,Caf\u00e9\n", "latin1"),
          row(3, "Nu\0ll"),
          row(4, "\u001b[31mRed"),
          row(5, "\u200b"),
          row(6, "Turned \u202e"),
          row(7, "Fine", "B\u0007"),
          Buffer.from('8,8,A,"two\nlines \u00ff"\n', "latin1"),
          row(9, "Fine too", '"A,\u200b"'),
        ]),
      },
    });
    const dataDir = await emptyFolder();
    const { badRows, bad } = await run(folder, dataDir);
    expect(badRows.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      "3 must be UTF-8: got the byte 0xE9",
      "4 title must have no control characters: got U+0000 null at index 2",
      "5 title must have no control characters: got U+001B escape at index 0",
      '6 title must have something visible: got "\\u200b"',
      "7 title must not turn the direction of writing: got U+202E right-to-left override at index 7",
      "8 authors must have no control characters: got U+0007 bell at index 1",
      "9 must be UTF-8: got the byte 0xFF",
    ]);
    expect(bad["books.csv"]).toBe(7);
    expect([...(open(dataDir)?.books() ?? [])].map(({ title, authors }) => [title, authors])).toEqual([
      ["Café", ["A"]],
      ["Fine too", ["A"]],
    ]);
  });

  it("takes numbers that are written with a point, as programs for tables write them", async () => {
    const files = {
      "books.csv": "book_id,goodreads_book_id,authors,title,ratings_count\n1.0,101.0,A,First,10.0\n",
      "ratings.csv": "user_id,book_id,rating\n1,1,5.0\n2.0,1.0,4.0\n3,1,4.5\n",
      "to_read.csv": "user_id,book_id\n5.0,1.0\n",
    };
    const [folder, dataDir] = [await writeSmallFolder({ readers: 0, files }), await emptyFolder()];
    const { info, badRows } = await run(folder, dataDir);
    expect(info).toMatchObject({ books: 1, ratings: 2, wishes: 1 });
    expect(open(dataDir)?.ratingsOf(1)).toEqual([{ bookId: 1001, stars: 5 }]);
    expect(badRows.map(({ file, line }) => `${file} ${line}`)).toEqual(["ratings.csv 4"]);
  });

  it("counts a pair that comes twice once, with the better rating", async () => {
    const [dataDir, folder] = [
      await emptyFolder(),
      await writeSmallFolder({
        readers: 0,
        files: {
          "ratings.csv": "user_id,book_id,rating\n1,1,2\n1,1,5\n1,1,3\n",
          "to_read.csv": "user_id,book_id\n1,1\n1,1\n",
        },
      }),
    ];
    expect(await run(folder, dataDir, { batchRows: 1 })).toMatchObject({
      repeated: 3,
      info: { ratings: 1, wishes: 1, readers: 1 },
    });
    expect(open(dataDir)?.ratingsOf(1)).toEqual([{ bookId: 1001, stars: 5 }]);
  });

  it("of the same data again does nothing, and of other data replaces them", async () => {
    const dataDir = await emptyFolder();
    const [first, second] = [await writeSmallFolder({ readers: 20 }), await writeSmallFolder({ readers: 30, seed: 3 })];
    const { info } = await run(first, dataDir);
    const held = open(dataDir);
    expect(await run(first, dataDir)).toMatchObject({ imported: false, info });
    const next = await run(second, dataDir);
    expect(next).toMatchObject({ imported: true, info: { readers: 30 } });
    // A reader that had the first one open still reads it whole.
    expect([held?.info, open(dataDir)?.info]).toEqual([info, next.info]);
    const alone = await emptyFolder();
    await run(second, alone);
    expect(dumpLibrary(libraryFile(dataDir))).toEqual(dumpLibrary(libraryFile(alone)));
  });

  it("tells how far it is, from nothing to the end, and never back", async () => {
    const shares: number[] = [];
    const steps = new Set<string>();
    await run(await writeSmallFolder({ readers: 100 }), await emptyFolder(), {
      onProgress({ step, done }) {
        steps.add(step);
        shares.push(done);
      },
    });
    expect([...steps]).toEqual(["checking", "book_tags.csv", "ratings.csv", "to_read.csv", "finishing"]);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(0.95, 10);
  });
});

describe("an import that is stopped", () => {
  const manyReaders = 12_000;

  async function finishAndCompare(folder: string, dataDir: string): Promise<void> {
    const outcome = await run(folder, dataDir);
    expect(outcome).toMatchObject({ imported: true, resumed: true });
    const uninterrupted = await emptyFolder();
    const expected = await run(folder, uninterrupted);
    expect({ ...outcome, resumed: false }).toEqual(expected);
    expect(dumpLibrary(libraryFile(dataDir))).toEqual(dumpLibrary(libraryFile(uninterrupted)));
    expect(existsSync(`${libraryFile(dataDir)}.part`)).toBe(false);
  }

  it("goes on where it was, and nothing of it is seen before", async () => {
    const [folder, dataDir] = [await writeSmallFolder({ readers: manyReaders }), await emptyFolder()];
    const [stop, reason] = [new AbortController(), new Error("enough")];
    const stopping = run(folder, dataDir, {
      signal: stop.signal,
      onProgress: ({ step, rows }) => void (step === "ratings.csv" && rows > 30_000 && stop.abort(reason)),
    });
    await expect(stopping).rejects.toBe(reason);
    expect(openLibrary(dataDir)).toBeUndefined();
    await finishAndCompare(folder, dataDir);
  });

  it.each([
    ["before anything is written", "checking", 0],
    ["while it reads the books", "book_tags.csv", 0],
    ["while it reads ratings", "ratings.csv", 1],
    ["while it reads wishes", "to_read.csv", 0],
    ["just before the end", "finishing", 0],
  ])(
    "by kill -9 %s gives what an uninterrupted one gives, and leaves the library before it as it was",
    async (_, step, pieces) => {
      const [folder, dataDir] = [await writeSmallFolder({ readers: manyReaders }), await emptyFolder()];
      const { info } = await run(await writeSmallFolder({ readers: 10 }), dataDir);
      const script = fileURLToPath(new URL("testing/import-until-killed.ts", import.meta.url));
      const killed = promisify(execFile)(process.execPath, [script, folder, dataDir, step, `${pieces}`, "20000"]);
      await expect(killed).rejects.toMatchObject({ signal: "SIGKILL" });
      expect(open(dataDir)?.info).toEqual(info);

      const outcome = await run(folder, dataDir);
      const uninterrupted = await emptyFolder();
      await run(folder, uninterrupted);
      expect(outcome.resumed).toBe(["ratings.csv", "to_read.csv", "finishing"].includes(step));
      expect(dumpLibrary(libraryFile(dataDir))).toEqual(dumpLibrary(libraryFile(uninterrupted)));
    },
  );

  it("starts anew when the files have changed since, and when what it left is damaged", async () => {
    const folder = await writeSmallFolder({ readers: 20 });
    const other = await writeSmallFolder({ readers: 21 });
    const stopAt = async (dataDir: string) => {
      const [stop, reason] = [new AbortController(), new Error("enough")];
      const onProgress = ({ step }: { step: string }) => void (step === "to_read.csv" && stop.abort(reason));
      await expect(run(folder, dataDir, { signal: stop.signal, onProgress })).rejects.toBe(reason);
      return `${libraryFile(dataDir)}.part`;
    };
    const [changed, damaged] = [await emptyFolder(), await emptyFolder()];
    await stopAt(changed);
    expect(await run(other, changed)).toMatchObject({ resumed: false, info: { readers: 21 } });
    await writeFile(await stopAt(damaged), "this is no database".repeat(1_000));
    expect(await run(folder, damaged)).toMatchObject({ resumed: false, info: { readers: 20 } });
  });
});

describe("an import is refused", () => {
  it("with the names of the files that are missing", async () => {
    const folder = await writeSmallFolder({ readers: 1, files: { "tags.csv": "", "ratings.csv": "" } });
    await expect(run(folder, await emptyFolder())).rejects.toThrow("got no tags.csv, no ratings.csv in");
  });

  it.each([
    ["books.csv", "id,title\n1,a\n", "books.csv: its first line must name book_id, goodreads_book_id, authors, title"],
    ["books.csv", "book_id,goodreads_book_id,authors,title\n", /books.csv: must have books: got none that can be used/],
    ["tags.csv", "id,name\n", "tags.csv: its first line must name tag_id, tag_name: got no tag_id, no tag_name"],
    ["book_tags.csv", "a,b\n", "book_tags.csv: its first line must be goodreads_book_id,tag_id,count"],
    [
      "ratings.csv",
      "user,book,stars\n",
      'ratings.csv: its first line must be user_id,book_id,rating: got "user,book,stars"',
    ],
    ["to_read.csv", "user_id,book_id,at\n", "to_read.csv: its first line must be user_id,book_id"],
  ])("when %s has other columns, and what was imported stays", async (file, text, message) => {
    const dataDir = await emptyFolder();
    const { info } = await run(await writeSmallFolder({ readers: 5 }), dataDir);
    const folder = await writeSmallFolder({ readers: 6, files: { [file]: text } });
    await expect(run(folder, dataDir)).rejects.toThrow(message);
    expect(open(dataDir)?.info).toEqual(info);
  });

  it.each<[string, string, string | Uint8Array]>([
    ["UTF-16", "books.csv", Buffer.from("\ufeffbook_id,goodreads_book_id,authors,title\n", "utf16le")],
    ["UTF-16", "tags.csv", Buffer.from("\ufefftag_id,tag_name\n", "utf16le").swap16()],
    ["UTF-16 without a mark of byte order", "to_read.csv", Buffer.from("user_id,book_id\n1,1\n", "utf16le")],
    ["a file compressed with gzip", "ratings.csv", gzipSync("user_id,book_id,rating\n1,1,5\n")],
    ['cells parted by ";"', "books.csv", "book_id;goodreads_book_id;authors;title\n1;1;A, B;T\n"],
    ['cells parted by "\\t"', "ratings.csv", "user_id\tbook_id\trating\n1\t1\t5\n"],
    ["lines that end with CR alone", "books.csv", "book_id,goodreads_book_id,authors,title\r1,1,A,T\r"],
    ["zero bytes in its first line", "books.csv", "book_id,goodreads_book_id,authors,title\0\n"],
  ])("saying that it got %s, and what was imported stays", async (got, file, content) => {
    const dataDir = await emptyFolder();
    const { info } = await run(await writeSmallFolder({ readers: 5 }), dataDir);
    const folder = await writeSmallFolder({ readers: 6, files: { [file]: content } });
    await expect(run(folder, dataDir)).rejects.toThrow(
      `${file}: must be comma-separated text in UTF-8 whose lines end with LF or CRLF: got ${got}`,
    );
    expect(open(dataDir)?.info).toEqual(info);
  });

  it("when no model could be trained for it in the memory there is, saying what it takes, and what was imported stays", async () => {
    const dataDir = await emptyFolder();
    const { info } = await run(await writeSmallFolder({ readers: 5 }), dataDir);
    const folder = await writeSmallFolder({ readers: 6 });
    await expect(run(folder, dataDir, { memoryBytes: 100_000_000 })).rejects.toThrow(
      /^must be data that a model can be trained for in 0\.1 GB of memory, which is what this machine has: got 7 books and \d+ ratings and wishes, which take 0\.2 GB$/,
    );
    expect(open(dataDir)?.info).toEqual(info);
    expect(await run(folder, dataDir, { memoryBytes: 1_000_000_000 })).toMatchObject({ imported: true });
  });

  it("when it has no books that can be used", async () => {
    const folder = await writeSmallFolder({
      readers: 5,
      files: { "books.csv": "book_id,goodreads_book_id,authors,title\n" },
    });
    await expect(run(folder, await emptyFolder())).rejects.toThrow(
      "books.csv: must have books: got none that can be used",
    );
  });

  it.each<[string, string, Record<string, string>]>([
    [
      "ratings",
      "got none, and 2 rows that cannot be used, as line 2: must be 3 whole numbers",
      { "ratings.csv": "user_id,book_id,rating\n1,1,4.5\n2,2,x\n" },
    ],
    ["ratings", "got none; ", { "ratings.csv": "user_id,book_id,rating\n" }],
    ["wishes", "got none; ", { "to_read.csv": "user_id,book_id\n" }],
  ])("when it would leave no %s where there are some, unless told", async (kind, message, files) => {
    const dataDir = await emptyFolder();
    const { info } = await run(await writeSmallFolder({ readers: 50 }), dataDir);
    const folder = await writeSmallFolder({ readers: 51, files });
    const refused = run(folder, dataDir);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toThrow(
      /; \d+ would be lost\. To import it all the same, run the command again with --allow-empty$/,
    );
    expect(open(dataDir)?.info).toEqual(info);
    expect(await run(folder, dataDir, { allowEmpty: true })).toMatchObject({ imported: true, info: { [kind]: 0 } });
  });

  it("when it is the first one and no row of the ratings can be used, unless told", async () => {
    const files = { "ratings.csv": "user_id,book_id,rating\n1,1,9\n" };
    const [folder, dataDir] = [await writeSmallFolder({ readers: 5, files }), await emptyFolder()];
    await expect(run(folder, dataDir)).rejects.toThrow(
      "ratings.csv: must have ratings that can be used: got none, and 1 rows that cannot be used, as line 2: must be 1 to 5 stars: got 9. ",
    );
    expect(openLibrary(dataDir)).toBeUndefined();
    expect(await run(folder, dataDir, { allowEmpty: true })).toMatchObject({ imported: true, info: { ratings: 0 } });
  });

  it("while another one into the same folder runs", async () => {
    const [folder, dataDir] = [await writeSmallFolder({ readers: 5 }), await emptyFolder()];
    const lock = lockLibrary(dataDir);
    await expect(run(folder, dataDir)).rejects.toThrow(`another import into ${dataDir} is under way`);
    lock.release();
    expect(await run(folder, dataDir)).toMatchObject({ imported: true });
  });
});
