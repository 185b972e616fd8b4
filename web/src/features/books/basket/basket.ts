/** A book in the basket. */
export interface BasketItem {
  readonly bookId: number;
  readonly title: string;
  /** How many copies, 1 to 100. */
  readonly quantity: number;
}

/** What a reader means to order. */
export interface Basket {
  /** Different books, at most 100. */
  readonly items: readonly BasketItem[];
  /** The idempotency key under which this basket has been sent, until it is known to be taken; undefined before that. */
  readonly orderKey: string | undefined;
}

/** The most copies of a book, and the most books, that an order takes. */
export const mostOfEach = 100;

/** A basket with nothing in it. */
export const emptyBasket: Basket = { items: [], orderKey: undefined };

/** How many copies of a book are in the basket. */
export function quantityOf(basket: Basket, bookId: number): number {
  return basket.items.find((item) => item.bookId === bookId)?.quantity ?? 0;
}

/** How many copies of all books are in the basket. */
export function totalQuantity({ items }: Basket): number {
  return items.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The basket less what of it was ordered: what was put into it since stays, and its next order has another key. */
export function withoutOrdered(
  basket: Basket,
  ordered: readonly { readonly bookId?: number; readonly quantity?: number }[],
): Basket {
  const less = new Map(ordered.map(({ bookId, quantity = 0 }) => [bookId, quantity]));
  const items = basket.items.map((item) => ({ ...item, quantity: item.quantity - (less.get(item.bookId) ?? 0) }));
  return { items: items.filter(({ quantity }) => quantity > 0), orderKey: undefined };
}

/** The basket with so many copies of a book, kept within what an order takes; with 0 the book is gone. */
export function withQuantity(basket: Basket, book: Omit<BasketItem, "quantity">, quantity: number): Basket {
  const wanted = Math.min(mostOfEach, Math.max(0, Math.trunc(quantity)));
  const { bookId, title } = book;
  if (wanted === 0) return { ...basket, items: basket.items.filter((item) => item.bookId !== bookId) };
  if (quantityOf(basket, bookId) > 0) {
    const items = basket.items.map((item) => (item.bookId === bookId ? { ...item, quantity: wanted } : item));
    return { ...basket, items };
  }
  if (basket.items.length >= mostOfEach) return basket;
  return { ...basket, items: [...basket.items, { bookId, title, quantity: wanted }] };
}
