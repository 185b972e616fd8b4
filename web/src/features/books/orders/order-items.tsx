import type { OrderItem } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { BookLink } from "../book/book-link.tsx";
import classes from "./order-items.module.css";
import { totalText } from "./total-text.ts";

/** The books of an order, each with how many and the way to its page, and how many they are together. */
export function OrderItems({ items }: { readonly items: readonly OrderItem[] }) {
  return (
    <>
      <ul className={classes.items}>
        {items.map(({ bookId, title, quantity }) => (
          <li key={bookId}>
            <span className={classes.quantity}>{quantity} ×</span>{" "}
            <span dir="auto">
              <BookLink id={bookId}>{title}</BookLink>
            </span>
          </li>
        ))}
      </ul>
      <p className={classes.total}>Together {totalText(items)}</p>
    </>
  );
}
