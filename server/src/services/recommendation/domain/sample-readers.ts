import type { Book } from "./book.ts";
import { createRandom, type Random } from "./model/random.ts";

/** Likes of generated readers: in each row one of them and a book. Their ids are −1, −2, …, so that none is a real reader's. */
export interface SampleReaders {
  readonly readers: Int32Array;
  readonly books: Int32Array;
}

/** With fewer the model, which makes little of what few readers have in common, would make too little of them. */
const READERS = 600;
const SEED = 20_180_601;

/** How much each of a reader's tastes counts, and how much each of a book's categories, the first first. */
const TASTE_WEIGHTS = [1, 0.7, 0.5];
const CATEGORY_WEIGHTS = [1, 0.8, 0.6];
/** How likely a reader has a second taste, and a third. */
const SECOND_TASTE = 0.6;
const THIRD_TASTE = 0.3;
/** How many books a reader picks whose authors are favourites from then on, and what those add to what the tastes say. */
const FAVOURITES = 8;
const FAVOURITE_BONUS = 2;
/** What a book has to say to readers of no taste for it. */
const CURIOSITY = 0.05;
/** How little chance can leave of what speaks for a book. */
const LEAST_CHANCE = 0.4;

interface SampleReader {
  readonly id: number;
  readonly tastes: ReadonlyMap<string, number>;
  readonly authors: ReadonlySet<string>;
  /** How much this one reads, compared to others. */
  readonly activity: number;
}

/**
 * Generates readers, so that a model has something to learn from before anybody has rated anything: each has a taste for one to three
 * categories and for some authors. A book has the more likes the more popular the catalogue says that it is, which therefore is the order of the
 * books that most of them like. The same books, in any order, give the same likes on every machine.
 */
export function createSampleReaders(books: readonly Book[]): SampleReaders {
  const random = createRandom(SEED);
  const ordered = books.toSorted((a, b) => a.id - b.id);
  const readers =
    ordered.length === 0 ? [] : Array.from({ length: READERS }, (_, row) => createReader(-1 - row, ordered, random));
  const likes = ordered.flatMap((book) =>
    likersOf(book, readers, random).map(({ id }) => ({ reader: id, book: book.id })),
  );
  return {
    readers: Int32Array.from(likes, ({ reader }) => reader),
    books: Int32Array.from(likes, ({ book }) => book),
  };
}

function createReader(id: number, books: readonly Book[], random: Random): SampleReader {
  const count = 1 + Number(random() < SECOND_TASTE) + Number(random() < THIRD_TASTE);
  const tastes = new Map<string, number>();
  for (const weight of TASTE_WEIGHTS.slice(0, count)) {
    const [category = ""] = pick(books, random).categories;
    if (!tastes.has(category)) tastes.set(category, weight);
  }
  const known = books.filter(({ categories: [first = ""] }) => tastes.has(first));
  const favourites = Array.from({ length: FAVOURITES }, () => pick(known, random));
  return { id, tastes, authors: new Set(favourites.flatMap(({ authors }) => authors)), activity: 0.5 + random() };
}

/** As many readers as fits the popularity of the book: those for whom most speaks for it, chance included. */
function likersOf(book: Book, readers: readonly SampleReader[], random: Random): SampleReader[] {
  return readers
    .map((reader) => ({ reader, pull: appeal(book, reader) * reader.activity * (LEAST_CHANCE + random()) }))
    .sort((a, b) => b.pull - a.pull || b.reader.id - a.reader.id)
    .slice(0, likesOf(book))
    .map(({ reader }) => reader);
}

/** One more for each step of popularity; the books of the catalogue start at a little over 50. */
function likesOf({ popularity }: Book): number {
  return Math.max(1, popularity - 35);
}

function appeal({ categories, authors }: Book, { tastes, authors: favourites }: SampleReader): number {
  let sum = CURIOSITY;
  categories.forEach((category, place) => {
    sum += (tastes.get(category) ?? 0) * (CATEGORY_WEIGHTS[place] ?? 0);
  });
  return authors.some((name) => favourites.has(name)) ? sum + FAVOURITE_BONUS : sum;
}

function pick(books: readonly Book[], random: Random): Book {
  return books[Math.floor(random() * books.length)] as Book; // There is at least one.
}
