import type { Book } from "./book.ts";
import { createRandom, type Random } from "./model/random.ts";

/** Likes of generated readers: in each row one of them and a book. The ids of the readers are −1, −2, …, so that none is a real reader's. */
export interface SampleReaders {
  readonly readers: Int32Array;
  readonly books: Int32Array;
}

/** How many there are: with fewer, the model makes little of them, for it holds back on what few have in common. */
const READERS = 600;
const SEED = 20_180_601;

/** What a category says of a book by its place among the book's categories, and of a reader by its place among the reader's tastes. */
const BOOK_PLACES = [1, 0.6, 0.4];
const TASTE_PLACES = [1, 0.7, 0.5];
/** How likely a reader has a second and a third taste. */
const SECOND_TASTE = 0.6;
const THIRD_TASTE = 0.3;
const FAVOURITE_AUTHORS = 3;
/** What a favourite author adds to what categories say. */
const AUTHOR_BONUS = 1.5;
/** What remains for a book of no taste of the reader. */
const CURIOSITY = 0.05;

interface SampleReader {
  readonly id: number;
  readonly tastes: ReadonlyMap<string, number>;
  readonly authors: ReadonlySet<string>;
  /** How much this one reads, compared to others. */
  readonly activity: number;
}

/**
 * Generates readers with tastes, so that a model has something to learn before anybody has rated anything: each likes books of one to three
 * categories and some authors more than others. A book has the more likes the more popular the catalogue says it is, strictly: the
 * books that most of them like are the most popular ones of the catalogue. The same books give the same readers on every machine.
 */
export function createSampleReaders(books: readonly Book[]): SampleReaders {
  const random = createRandom(SEED);
  const ordered = books.toSorted((a, b) => a.id - b.id);
  const readers = Array.from({ length: READERS }, (_, index) => createReader(-1 - index, ordered, random));
  const rows = ordered.flatMap((book) =>
    likersOf(book, readers, random).map(({ id }) => ({ reader: id, book: book.id })),
  );
  return {
    readers: Int32Array.from(rows, ({ reader }) => reader),
    books: Int32Array.from(rows, ({ book }) => book),
  };
}

function createReader(id: number, books: readonly Book[], random: Random): SampleReader {
  const tastes = new Map<string, number>();
  const places = 1 + Number(random() < SECOND_TASTE) + Number(random() < THIRD_TASTE);
  for (const place of TASTE_PLACES.slice(0, places)) {
    const [category = ""] = pick(books, random).categories;
    if (!tastes.has(category)) tastes.set(category, place);
  }
  const known = books.filter(({ categories }) => tastes.has(categories[0] ?? ""));
  const authors = Array.from({ length: FAVOURITE_AUTHORS }, () => pick(known, random).authors[0] ?? "");
  return { id, tastes, authors: new Set(authors), activity: 0.5 + random() };
}

/** Those who like a book: as many as its popularity says, the ones whom it suits best by taste and by chance. */
function likersOf(book: Book, readers: readonly SampleReader[], random: Random): SampleReader[] {
  return readers
    .map((reader) => ({ reader, drawn: appeal(book, reader) * reader.activity * random() }))
    .sort((a, b) => b.drawn - a.drawn || b.reader.id - a.reader.id)
    .slice(0, likesOf(book))
    .map(({ reader }) => reader);
}

function likesOf({ popularity }: Book): number {
  return Math.round(10 + 1.2 * popularity);
}

function appeal({ categories, authors }: Book, reader: SampleReader): number {
  const byTaste = categories.map((id, place) => (reader.tastes.get(id) ?? 0) * (BOOK_PLACES[place] ?? 0));
  return Math.max(CURIOSITY, ...byTaste) + (authors.some((name) => reader.authors.has(name)) ? AUTHOR_BONUS : 0);
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)] as T;
}
