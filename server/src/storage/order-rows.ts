import { AlreadyExists, DataLoss, TooMuchStored } from "../domain/errors.ts";
import type { Order, OrderDraft } from "../services/order/domain/order.ts";
import type { OrderCursor, OrderPage } from "../services/order/domain/order-store.ts";
import { sameContents } from "../services/order/domain/same-contents.ts";
import { decodeOrder } from "./order-text.ts";
import type { ReportUnreadable } from "./report-once.ts";

/** What a page of orders holds at most, in bytes as stored, which are hardly fewer than those of a message: clients take 4 MiB by default. */
const PAGE_BYTES = 1_048_576;
/** How many rows are read at a time: each may be large. */
export const PIECE = 16;

/** The row of an order: its number in the feed, and its text. */
export interface OrderRow {
  readonly number: number;
  readonly contents: string;
}

/** Reads the next orders below a number, the latest first, of one owner alone where that is asked for: `PIECE` of them, fewer where there are no more. */
export type ReadOrders = (before: OrderCursor) => Promise<readonly OrderRow[]>;

/** Reads a page of orders as `OrderStore.list` describes. */
export async function listOrders(
  readPiece: ReadOrders,
  {
    limit,
    before,
    owner,
  }: { readonly limit: number; readonly before: OrderCursor; readonly owner: string | undefined },
  reportUnreadable: ReportUnreadable,
): Promise<OrderPage> {
  const orders: Order[] = [];
  let bytes = 0;
  let next = before;
  for (;;) {
    const rows = await readPiece(next);
    for (const { number, contents } of rows) {
      bytes += Buffer.byteLength(contents);
      if (orders.length === limit || (orders.length > 0 && bytes > PAGE_BYTES)) return { orders, next };
      next = number;
      try {
        const order = decodeOrder(contents);
        // What is read of the text decides, not what the row is found by.
        if (owner === undefined || order.owner === owner) orders.push(order);
      } catch (error) {
        reportUnreadable(`order ${number}`, error);
      }
    }
    if (rows.length < PIECE) return { orders, next: undefined };
  }
}

/**
 * The order of a stored text.
 * @throws DataLoss when it cannot be read.
 */
export function requireOrder(contents: string): Order {
  try {
    return decodeOrder(contents);
  } catch (cause) {
    throw new DataLoss("the order was stored and cannot be read", { cause });
  }
}

/**
 * What a draft gives whose idempotency key was used before.
 * @throws AlreadyExists when that order has other contents.
 */
export function createdEarlier(earlier: Order, draft: OrderDraft): { readonly order: Order; readonly created: false } {
  if (!sameContents(earlier, draft)) {
    throw new AlreadyExists(`idempotency_key was used for a different order: ${earlier.id}`);
  }
  return { order: earlier, created: false };
}

/** The error for an order whose owner has as many as one may have. */
export function tooManyOrders(most: number): TooMuchStored {
  return new TooMuchStored(`a caller may have at most ${most} orders`);
}
