import type { Interactions } from "./interactions.ts";

/**
 * What a like of each reader counts for when pairs are counted: the less the more a reader likes, by the root of how many that are, for a long list
 * says little about each book of it. All likes together count as many as there are. Uses only + × ÷ and √, in the order of the readers.
 */
export function weightsOfReaders({ starts }: Pick<Interactions, "starts">): Float64Array {
  const weights = new Float64Array(Math.max(0, starts.length - 1));
  let likes = 0;
  let weighed = 0;
  for (let reader = 0; reader < weights.length; reader++) {
    const count = (starts[reader + 1] ?? 0) - (starts[reader] ?? 0);
    const root = Math.sqrt(count);
    weights[reader] = count > 0 ? 1 / root : 0;
    likes += count;
    weighed += root;
  }
  const scale = weighed > 0 ? likes / weighed : 1;
  return weights.map((weight) => weight * scale);
}
