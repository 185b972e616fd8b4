import type { OrderContents } from "./order.ts";

/**
 * Whether two orders ask for the same thing, so that the second may be the first sent again: the same books in the same
 * quantities, phone, attributes and price. The sequence of books and of attributes does not count, nor do titles, which
 * the catalogue may have changed in between.
 */
export function sameContents(a: OrderContents, b: OrderContents): boolean {
  return canonical(a) === canonical(b);
}

function canonical({ items, phone, attributes, price }: OrderContents): string {
  const books = items.map(({ bookId, quantity }) => [bookId, quantity] as const).sort(([a], [b]) => a - b);
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([books, phone, entries, price]);
}
