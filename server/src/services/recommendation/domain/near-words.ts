import { editsToPrefix } from "./edits-to-prefix.ts";

/** A word that a book has and a reader may have meant, and by how many letters it differs. */
export interface NearWord {
  readonly word: string;
  readonly edits: number;
}

/** Finds the words whose spelling is near to that of another. */
export interface NearWords {
  /** Adds a folded word that can be found; adding it again does nothing. */
  add(word: string): void;
  /**
   * The words that begin almost as this one is written, the nearest first, at most 50: with one letter wrong, missing, too many or swapped
   * with the next, or two of them from eight letters on. None for a word below four letters.
   */
  near(word: string): readonly NearWord[];
}

const MOST_NEAR = 50;
/** From so many letters on a word may have so many wrong. */
const ONE_EDIT = 4;
const TWO_EDITS = 8;
/** How many trigrams an edit may take away. */
const LOST_BY_EDIT = 4;

/** Makes an empty index of words by their trigrams, which leaves few of them to compare letter by letter. */
export function createNearWords(): NearWords {
  const words: string[] = [];
  const known = new Set<string>();
  const byTrigram = new Map<string, number[]>();

  /** The words that share all trigrams with this one but those that so many edits may take away. */
  function* candidates(word: string, edits: number): Generator<string> {
    const trigrams = trigramsOf(word);
    const least = Math.max(1, trigrams.size - LOST_BY_EDIT * edits);
    const shared = new Map<number, number>();
    for (const trigram of trigrams) {
      for (const index of byTrigram.get(trigram) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
    }
    for (const [index, count] of shared) if (count >= least) yield words[index] ?? "";
  }

  return {
    add(word) {
      if (known.has(word)) return;
      known.add(word);
      const index = words.push(word) - 1;
      for (const trigram of trigramsOf(word)) {
        const indices = byTrigram.get(trigram);
        if (indices) indices.push(index);
        else byTrigram.set(trigram, [index]);
      }
    },
    near(word) {
      const most = word.length < ONE_EDIT ? 0 : word.length < TWO_EDITS ? 1 : 2;
      if (most === 0) return [];
      const found: NearWord[] = [];
      for (const candidate of candidates(word, most)) {
        const edits = editsToPrefix(word, candidate, most);
        if (edits !== undefined && edits > 0) found.push({ word: candidate, edits });
      }
      const longer = (near: NearWord) => Math.abs(near.word.length - word.length);
      return found
        .sort((a, b) => a.edits - b.edits || longer(a) - longer(b) || (a.word < b.word ? -1 : 1))
        .slice(0, MOST_NEAR);
    },
  };
}

/** All three letters in a row, with two spaces before the word so that its beginning counts. */
function trigramsOf(word: string): ReadonlySet<string> {
  const padded = `  ${word}`;
  return new Set(Array.from({ length: word.length }, (_, at) => padded.slice(at, at + 3)));
}
