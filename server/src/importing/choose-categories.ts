import { TAG_CATEGORIES } from "./tag-categories.ts";

/** A tag and how many readers gave it. */
export type TagCount = readonly [tag: string, count: number];

const MOST_CATEGORIES = 3;
/** How much of what speaks for the first category has to speak for another. */
const LEAST_SHARE = 0.3;

const categoriesOfTag = new Map<string, { readonly id: string; readonly weight: number }[]>();
for (const { id, weight, tags } of TAG_CATEGORIES) {
  for (const tag of tags) categoriesOfTag.set(tag, [...(categoriesOfTag.get(tag) ?? []), { id, weight }]);
}

/** Whether a tag names a category. */
export function namesCategory(tag: string): boolean {
  return categoriesOfTag.has(tag);
}

/**
 * The one to three categories that a book's tags speak for most, the most fitting first: each tag speaks for the categories it names, by how many
 * readers gave it. Empty when none of the tags names one.
 */
export function chooseCategories(tags: readonly TagCount[]): readonly string[] {
  const said = new Map<string, number>();
  for (const [tag, count] of tags) {
    for (const { id, weight } of categoriesOfTag.get(tag) ?? []) said.set(id, (said.get(id) ?? 0) + weight * count);
  }
  const ranked = [...said].filter(([, sum]) => sum > 0).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const [, most = 0] = ranked[0] ?? [];
  return ranked
    .slice(0, MOST_CATEGORIES)
    .filter(([, sum]) => sum >= LEAST_SHARE * most)
    .map(([id]) => id);
}
