import type { ReadableFeed } from "../../../domain/feed.ts";
import type { Order, OrderDraft } from "./order.ts";

/** Where a page of orders ends: the number in the feed of its last order, so 1 or more. */
export type OrderCursor = number;

/** One page of orders. */
export interface OrderPage {
  /** The orders, the latest first. */
  readonly orders: readonly Order[];
  /** Where the next page starts; undefined on the last page. */
  readonly next: OrderCursor | undefined;
}

/** Where orders are kept. */
export interface OrderStore {
  /**
   * Stores the order and its event in the feed in one transaction; once it resolves both survive a crash. A draft whose
   * idempotency key was used before gives the order stored then, with `created` false; AlreadyExists when that one has
   * other contents (see `sameContents`). TooMuchStored where its owner has as many orders as one may have.
   */
  create(draft: OrderDraft): Promise<{ readonly order: Order; readonly created: boolean }>;
  /** The order of that id, or undefined when there is none. DataLoss when it cannot be read. */
  get(id: string): Promise<Order | undefined>;
  /**
   * At most `limit` (1 or more) orders, the latest first, taken before the one that `before` points at, if given; fewer where they are large.
   * An order that cannot be read is left out. With an owner only theirs, and none of others is read for it.
   */
  list(page: {
    readonly limit: number;
    readonly before?: OrderCursor | undefined;
    readonly owner?: string | undefined;
  }): Promise<OrderPage>;
  /** Every order in the sequence in which they were taken, each as it was stored. */
  readonly feed: ReadableFeed<Order>;
}
