import { writeFolder } from "./write-folder.ts";

/** What a small folder holds. */
export interface SmallFolderOptions {
  readonly readers: number;
  /** Another one gives other ratings. */
  readonly seed?: number;
  /** Files that take the place of the generated ones; an empty name leaves a file out. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

const books = [
  [1, 101, "Ada Example", "2008.0", '"The Hungry Game (Hungry, #1)"', 4_780_653],
  [2, 102, '"J.K. Rowling, Mary GrandPré"', "1997.0", '"Harry Potter, the ""first"" one"', 4_602_479],
  [3, 103, "Frank Herbert", "1965.0", "Dune (Dune Chronicles #1)", 494_853],
  [4, 104, "Dashiell Hammett", "1930.0", "The Maltese Falcon", 60_000],
  [5, 105, "José Ejemplo", "", "Años de soledad", 490_565],
  [6, 106, "Ada Example", "2009.0", "The Thirsty Game", 1_831_039],
  [7, 107, "Nobody", "-750.0", "A Book without Tags", 10],
] as const;
const tags = ["to-read", "mystery", "sci-fi", "young-adult", "self-help", "dystopian", "read-in-2015", "fantasy"];
const bookTags = [
  [101, 0, 9_000],
  [101, 3, 400],
  [101, 5, 500],
  [101, 2, 450],
  [102, 7, 800],
  [102, 3, 300],
  [103, 2, 700],
  [104, 1, 300],
  [105, 0, 100],
] as const;

/** Writes a small folder in the format of goodbooks-10k: seven books, two of them built-in ones. */
export function writeSmallFolder({ readers, seed = 0, files = {} }: SmallFolderOptions): Promise<string> {
  const ratings: string[] = [];
  const wishes: string[] = [];
  for (let reader = 1; reader <= readers; reader++) {
    for (const [book] of books) {
      const chance = (reader * 7 + book * 13 + seed) % 10;
      if (chance < 6) ratings.push(`${reader},${book},${1 + ((reader + book + seed) % 5)}`);
      else if (chance === 6) wishes.push(`${reader},${book}`);
    }
  }
  const generated = {
    "books.csv": `book_id,goodreads_book_id,authors,original_publication_year,title,ratings_count\n${books.map((row) => row.join(",")).join("\n")}\n`,
    "tags.csv": `tag_id,tag_name\r\n${tags.map((tag, id) => `${id},${tag}`).join("\r\n")}\r\n`,
    "book_tags.csv": `goodreads_book_id,tag_id,count\n${bookTags.map((row) => row.join(",")).join("\n")}\n`,
    "ratings.csv": `user_id,book_id,rating\n${ratings.join("\n")}\n`,
    "to_read.csv": `user_id,book_id\n${wishes.join("\n")}\n`,
  };
  const all = Object.entries({ ...generated, ...files }).filter(([, text]) => text !== "");
  return writeFolder(Object.fromEntries(all));
}
