import type { Interactions } from "./interactions.ts";

/**
 * What a like of each reader counts for when pairs are counted: the less the more a reader likes, by the root of how many that are, for a long list
 * says little about each book of it. All likes together count as many as there are. Uses only + × ÷ and √, in the order of the readers.
 */
export function weightsOfReaders({ starts }: Pick<Interactions, "starts">): Float64Array {
  const scale = scaleOfWeights({ starts });
  return Float64Array.from({ length: Math.max(0, starts.length - 1) }, (_, reader) =>
    weightOfReader((starts[reader + 1] ?? 0) - (starts[reader] ?? 0), scale),
  );
}

/** What a like of a reader with so many counts for. */
export function weightOfReader(likes: number, scale: number): number {
  return likes > 0 ? (1 / Math.sqrt(likes)) * scale : 0;
}

/** What a like of a reader with one counts for, so that all likes together count as many as there are. */
export function scaleOfWeights({ starts }: Pick<Interactions, "starts">): number {
  let likes = 0;
  let weighed = 0;
  for (let reader = 0; reader + 1 < starts.length; reader++) {
    const count = (starts[reader + 1] ?? 0) - (starts[reader] ?? 0);
    likes += count;
    weighed += Math.sqrt(count);
  }
  return weighed > 0 ? likes / weighed : 1;
}
