import { join } from "node:path";
import type { Feedback } from "../services/recommendation/domain/evaluation/feedback.ts";
import { weightOfStars } from "../services/recommendation/domain/model/profile.ts";
import type { BadRow } from "./bad-row.ts";
import { checkFileForm } from "./check-file-form.ts";
import { readNumberRows } from "./read-number-rows.ts";

/** What a folder in the format of goodbooks-10k says of readers, and which of its rows say nothing. */
export interface GoodbooksFeedback extends Feedback {
  readonly badRows: readonly BadRow[];
}

/**
 * Reads `ratings.csv` and `to_read.csv` of a folder. A rating of 4 or 5 stars and a place on the wish list are likes; a book that is
 * both liked and rated lower is liked, and a pair that comes twice counts once.
 * @throws Error when one of the files cannot be read or has other columns.
 */
export async function readFeedback(folder: string): Promise<GoodbooksFeedback> {
  for (const name of ["ratings.csv", "to_read.csv"] as const) await checkFileForm(folder, name);
  const likes = { readers: [] as number[], books: [] as number[] };
  const others = { readers: [] as number[], books: [] as number[], weights: [] as number[] };
  const badRows: BadRow[] = [];
  const onBadRow = (row: BadRow) => void badRows.push(row);
  await readNumberRows({
    path: join(folder, "ratings.csv"),
    name: "ratings.csv",
    columns: ["user_id", "book_id", "rating"],
    onBadRow,
    onRow([reader = 0, book = 0, stars = 0]) {
      if (stars < 1 || stars > 5) return `must be 1 to 5 stars: got ${stars}`;
      const weight = weightOfStars(stars);
      const { readers, books } = weight === 1 ? likes : others;
      readers.push(reader);
      books.push(book);
      if (weight !== 1) others.weights.push(weight);
      return undefined;
    },
  });
  await readNumberRows({
    path: join(folder, "to_read.csv"),
    name: "to_read.csv",
    columns: ["user_id", "book_id"],
    onBadRow,
    onRow([reader = 0, book = 0]) {
      likes.readers.push(reader);
      likes.books.push(book);
      return undefined;
    },
  });
  return { likes, others, badRows };
}
