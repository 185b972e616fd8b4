import { isIn, toggled } from "./ascending.ts";
import { booksOf, type Interactions, indexOfId } from "./interactions.ts";
import { countableLikes, type RankedLikes, spread } from "./ranked-likes.ts";
import { scaleOfWeights, weightOfReader, weightsOfReaders } from "./reader-weights.ts";
import type { CountedLikes } from "./row-counter.ts";
import { createGrowingLists } from "./row-lists.ts";

/** Likes that come and go, books by their rank. */
export interface LiveLikes {
  /** The likes as they are to be counted. */
  readonly counted: CountedLikes;
  /**
   * Gives a reader a like or takes it back, by the id of the reader, who need not be known before. Returns the ranks that the reader counts for, or
   * did before; none where nothing changed.
   */
  change(readerId: number, rank: number, liked: boolean): Uint32Array;
}

/**
 * The likes of interactions, to be changed. A reader's weight follows how many likes there are; what all weights are scaled with stays as it is.
 * Readers who are new come after all others.
 */
export function createLiveLikes(interactions: Interactions, ranked: RankedLikes, mostLikes: number): LiveLikes {
  const scale = scaleOfWeights(interactions);
  const start = countableLikes(ranked, weightsOfReaders(interactions));
  const ranksOf = createGrowingLists(start.ranksOf);
  const readersOf = createGrowingLists(start.readersOf);
  const readers = createReaders(interactions, ranked.rankOf);
  let { weights } = start;

  function setWeight(reader: number, value: number): void {
    if (reader >= weights.length) {
      const next = new Float64Array(reader + 1 + (reader >> 1));
      next.set(weights);
      weights = next;
    }
    weights[reader] = value;
  }

  return {
    counted: {
      ranksOf,
      readersOf,
      get weights() {
        return weights;
      },
    },
    change(readerId, rank, liked) {
      const reader = readers.indexOf(readerId);
      const likes = readers.likes(reader);
      if (isIn(likes, rank) === liked) return new Uint32Array();
      const next = toggled(likes, rank);
      const before = ranksOf.row(reader);
      const after = spread(next, mostLikes);
      readers.set(reader, next);
      ranksOf.replace(reader, after);
      for (const one of before) if (!isIn(after, one)) readersOf.replace(one, toggled(readersOf.row(one), reader));
      for (const one of after) if (!isIn(before, one)) readersOf.replace(one, toggled(readersOf.row(one), reader));
      setWeight(reader, weightOfReader(next.length, scale));
      return Uint32Array.from(new Set([...before, ...after])).sort();
    },
  };
}

/** The readers by index, and all that each likes, by rank. */
function createReaders(interactions: Interactions, rankOf: Uint32Array) {
  const { readerIds } = interactions;
  const added = new Map<number, number>();
  const changed = new Map<number, Uint32Array>();
  return {
    indexOf(id: number): number {
      const known = indexOfId(readerIds, id);
      if (known >= 0) return known;
      const index = added.get(id) ?? readerIds.length + added.size;
      added.set(id, index);
      return index;
    },
    likes(reader: number): Uint32Array {
      const own = changed.get(reader);
      if (own !== undefined) return own;
      if (reader >= readerIds.length) return new Uint32Array();
      return booksOf(interactions, reader)
        .map((book) => rankOf[book] ?? 0)
        .sort();
    },
    set: (reader: number, likes: Uint32Array) => void changed.set(reader, likes),
  };
}
