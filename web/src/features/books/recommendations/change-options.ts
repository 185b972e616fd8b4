import { type ListOptions, mostBooks } from "./list-options.ts";

/** The options with these books put behind all others; of very many the latest count. */
export function withShown(options: ListOptions, ids: readonly number[]): ListOptions {
  return { ...options, shown: [...new Set([...options.shown, ...ids])].slice(-mostBooks) };
}

/** The options in a few words; empty where they are those of the beginning. */
export function optionsText({ categories, minYear, hideRated }: ListOptions, nameOf: (id: string) => string): string {
  const parts = [
    categories.map(nameOf).join(" or "),
    minYear === undefined ? "" : `since ${minYear}`,
    hideRated ? "" : "with those I have rated",
  ];
  return parts.filter((part) => part !== "").join(", ");
}
