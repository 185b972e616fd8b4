/** A book of an order and how many of it. */
export interface OrderItem {
  readonly bookId: number;
  /** How many copies, 1 to 100. */
  readonly quantity: number;
  /** The title as it was when the order was taken. */
  readonly title: string;
}

/** What a client orders. */
export interface OrderContents {
  /** Different books; none in an order taken through the legacy contract, which names no books. */
  readonly items: readonly OrderItem[];
  /** The phone number to call back, as the client wrote it. */
  readonly phone: string;
  /** Whatever else the client wanted to say. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The price as the client wrote it; empty except in an order taken through the legacy contract. */
  readonly price: string;
}

/** An order to take, checked and complete. */
export interface OrderDraft extends OrderContents {
  /** The principal whose it is; undefined where nobody is asked. */
  readonly owner?: string | undefined;
  /** The client's own key for this order, so that it can safely send it again. */
  readonly idempotencyKey: string | undefined;
  /** The reader who orders; undefined where the client does not say. No part of the order. */
  readonly readerId?: number | undefined;
}

/** An order that was taken. */
export interface Order extends OrderContents {
  readonly id: string;
  /** The principal whose it is; undefined for an order that was taken while nobody was asked. Not shown. */
  readonly owner?: string | undefined;
  /** When it was stored. */
  readonly time: Date;
}
