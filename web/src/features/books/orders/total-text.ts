import type { OrderItem } from "@triptych/proto/triptych/order/v1/order_pb.ts";

/** How many books an order is of, in words: `3 books`, and where there are several of one `3 books, 2 titles`. */
export function totalText(items: readonly Pick<OrderItem, "quantity">[]): string {
  const total = items.reduce((sum, { quantity }) => sum + quantity, 0);
  const books = total === 1 ? "1 book" : `${total.toLocaleString("en")} books`;
  if (total === items.length) return books;
  return `${books}, ${items.length === 1 ? "1 title" : `${items.length} titles`}`;
}
