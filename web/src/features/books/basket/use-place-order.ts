import { Code, ConnectError } from "@connectrpc/connect";
import { useMutation } from "@connectrpc/connect-query";
import { type CreateOrderResponse, OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { fieldViolations } from "../../../errors/field-violations.ts";
import { useReader } from "../../../reader/use-reader.ts";
import { keptForVisits } from "../../../storage/kept-storage.ts";
import { keepOwnOrder } from "../orders/own-orders.ts";
import { withoutOrdered } from "./basket.ts";
import type { OrderContact } from "./order-contact.ts";
import { useBasket } from "./use-basket.ts";

/** Placing an order, and how it goes. */
export interface PlaceOrder {
  /** Orders what is in the basket. Tried again after a failure, it is the same order and is never taken twice. */
  readonly place: (contact: OrderContact) => void;
  /** Orders what is in the basket beside an earlier order that turned out to be taken. */
  readonly placeAnother: (contact: OrderContact) => void;
  readonly pending: boolean;
  /** Why the last attempt failed; null when it did not. */
  readonly error: Error | null;
  /** Whether it failed because an earlier attempt, with other contents, was taken. */
  readonly earlierTaken: boolean;
  /** What is wrong with each field, by its path. */
  readonly violations: ReadonlyMap<string, string>;
}

/**
 * Places orders of the current reader's basket. What was ordered is out of it afterwards, also where nobody waits for the
 * answer any more; what was put into it meanwhile stays. `onTaken` is told the note that was sent, too.
 */
export function usePlaceOrder(onTaken: (answer: CreateOrderResponse, note: string) => void): PlaceOrder {
  const [, store] = useBasket();
  const { readerId: userId } = useReader();
  const { mutate, isPending, error } = useMutation(OrderService.method.createOrder, {
    onSuccess(answer, { items = [], attributes = {} }) {
      store.change((last) => withoutOrdered(last, items));
      if (answer.order !== undefined) keepOwnOrder(keptForVisits, answer.order.id);
      onTaken(answer, attributes.note ?? "");
    },
  });
  const place = ({ phone, note }: OrderContact) => {
    const idempotencyKey = store.orderKey();
    const items = store.get().items.map(({ bookId, quantity }) => ({ bookId, quantity }));
    const attributes = note.trim() === "" ? {} : { note: note.trim() };
    mutate({ items, phone: phone.trim(), attributes, idempotencyKey, userId });
  };
  return {
    place,
    placeAnother(contact) {
      store.change((last) => ({ ...last, orderKey: undefined }));
      place(contact);
    },
    pending: isPending,
    error,
    earlierTaken: error !== null && ConnectError.from(error).code === Code.AlreadyExists,
    violations: fieldViolations(error),
  };
}
