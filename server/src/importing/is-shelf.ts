import { namesCategory } from "./choose-categories.ts";

/** Words of tags that say what a reader did with a book or how it came, and nothing of the book. */
const shelfWords: ReadonlySet<string> = new Set(
  `read reading reads reread rereads to tbr own owned have got bought buy borrowed lent library libraries shelf shelves bookshelf bookcase
  kindle nook ipad epub ebook ebooks audiobook audiobooks audio audible listened calibre overdrive paperback hardcover hardback arc arcs netgalley
  galley wishlist wish want wanted favorite favorites favourite favourites favs faves fav finished unfinished abandoned dnf finish hold pending
  maybe someday later next default my mine i me stars star rated rating reviewed review club bookclub group challenge book books series trilogy
  standalone alone shelfari goodreads import imported list lists must recommended recommendations recs rec authors author calendar
  collection gave up given giveaway gift loved liked hated meh english in on done started currently years owned physical
  print copy copies digital e device devices home box boxes general misc other unknown fiction novel novels literature lit`.split(
    /\s+/,
  ),
);

/** Whether a tag names a mere shelf, such as `to-read`, `owned` or `read-in-2015`, which says nothing of the book. A tag that names a category never does. */
export function isShelf(tag: string): boolean {
  if (namesCategory(tag)) return false;
  if (!/\p{L}/u.test(tag) || /(^|-)(19|20)\d\d($|-)|^1001/.test(tag)) return true;
  return tag.split("-").some((word) => shelfWords.has(word));
}
