import { existsSync } from "node:fs";
import type { Feedback } from "../../services/recommendation/domain/evaluation/feedback.ts";
import { weightOfStars } from "../../services/recommendation/domain/model/profile.ts";
import { openLibraryDatabase } from "./library.ts";
import { libraryFile } from "./library-file.ts";
import { readOwnRatings } from "./library-likes.ts";

const RATED_LOWER = "select user_id, json_group_array(book_id) books, json_group_array(stars) stars from ratings";

/**
 * Reads from a data folder which books readers know and like less: what they rated with fewer than 4 stars, in the app and, where they
 * said nothing else there, in the library. It can run in any thread.
 * @throws Error when a file is there that cannot be read.
 */
export function readOthers(dataDir: string): Feedback["others"] {
  const own = readOwnRatings(dataDir);
  const [readers, books, weights]: [number[], number[], number[]] = [[], [], []];
  const add = (reader: number, book: number, stars: number) => {
    const weight = weightOfStars(stars);
    if (stars < 1 || weight === 1) return;
    readers.push(reader);
    books.push(book);
    weights.push(weight);
  };
  readLibrary(dataDir, (reader, book, stars) => own.get(reader)?.has(book) || add(reader, book, stars));
  for (const [reader, ratings] of own) for (const [book, stars] of ratings) add(reader, book, stars);
  return { readers: Int32Array.from(readers), books: Int32Array.from(books), weights: Float32Array.from(weights) };
}

function readLibrary(dataDir: string, add: (reader: number, book: number, stars: number) => void): void {
  const path = libraryFile(dataDir);
  if (!existsSync(path)) return;
  const database = openLibraryDatabase(path);
  try {
    // One row a reader: see library-likes.ts.
    const rows = database.prepare(`${RATED_LOWER} where stars < 4 group by user_id`);
    for (const row of rows.iterate()) {
      const stars = JSON.parse(String(row.stars)) as number[];
      (JSON.parse(String(row.books)) as number[]).forEach((book, index) => {
        add(Number(row.user_id), book, stars[index] ?? 0);
      });
    }
  } finally {
    database.close();
  }
}
