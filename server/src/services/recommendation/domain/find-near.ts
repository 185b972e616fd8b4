import type { BookIndex } from "./book-index.ts";
import type { NearWord } from "./near-words.ts";

/** A shorter word that books have is hardly meant to be another. */
const DOUBTED_LENGTH = 7;
/** Near spellings of more words are not looked for: each takes a millisecond or so in a large library. */
const MOST_WORDS = 6;

/**
 * The places of books that have all these words or such as are spelled almost like them, without those in `exact`: the most alike first, those
 * as much alike in the order of the index.
 */
export function findNear(index: BookIndex, words: readonly string[], exact: ArrayLike<number>): readonly number[] {
  if (words.length > MOST_WORDS) return [];
  const alternatives = words.map((word): readonly NearWord[] => [
    { word, edits: 0 },
    ...(exact.length === 0 || word.length >= DOUBTED_LENGTH ? index.near(word) : []),
  ]);
  if (alternatives.every(({ length }) => length === 1)) return [];
  const known = new Set(Array.from(exact));
  const places = Array.from(index.find(alternatives.map((group) => group.map(({ word }) => word))));
  return places
    .filter((place) => !known.has(place))
    .map((place) => ({ place, edits: editsIn(index.texts[place]?.text ?? "", alternatives) }))
    .sort((a, b) => a.edits - b.edits || a.place - b.place)
    .map(({ place }) => place);
}

/** How many letters differ in all between what is looked for and what the text has that is nearest to it. */
function editsIn(text: string, alternatives: readonly (readonly NearWord[])[]): number {
  // The nearest come first, and every group has one that the text has.
  return alternatives.reduce(
    (sum, group) => sum + (group.find(({ word }) => text.includes(` ${word}`))?.edits ?? 0),
    0,
  );
}
