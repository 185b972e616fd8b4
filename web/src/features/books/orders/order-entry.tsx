import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { Order } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { maskedPhone } from "./masked-phone.ts";
import { OrderAttributes } from "./order-attributes.tsx";
import classes from "./order-entry.module.css";

const longestPrice = 60;

/** An order: what, for whom (masked), what else was said, and when. One of the legacy contract has a price, no books. */
export function OrderEntry({ order }: { readonly order: Order }) {
  const phone = maskedPhone(order.phone);
  return (
    <article className={classes.order} aria-label={`Order ${order.id}`}>
      <div className={classes.head}>
        <code className={classes.id}>{order.id}</code>
        <span className={classes.meta}>
          {phone !== "" && (
            <span className={classes.phone}>
              <span aria-hidden>{phone}</span>
              <span className={classes.spoken}>phone ending in {phone.replace(/\D/g, "")}</span>
            </span>
          )}
          {order.time !== undefined && <RelativeTime time={timestampDate(order.time)} />}
        </span>
      </div>
      {order.items.length > 0 ? (
        <ul className={classes.items}>
          {order.items.map(({ bookId, title, quantity }) => (
            <li key={bookId}>
              <span className={classes.quantity}>{quantity} ×</span> <span dir="auto">{title}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className={classes.legacy}>
          Taken through the legacy contract, which names no books
          {order.price !== "" && (
            <>
              ; price <bdi className={classes.price}>{cut(order.price)}</bdi>
            </>
          )}
        </p>
      )}
      <OrderAttributes attributes={order.attributes} />
    </article>
  );
}

function cut(text: string): string {
  return text.length > longestPrice ? `${text.slice(0, longestPrice)}…` : text;
}
