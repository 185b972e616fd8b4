import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { Order } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { AppLink } from "../../../shell/app-link.tsx";
import { LegacyOrder } from "./legacy-order.tsx";
import { MaskedPhone } from "./masked-phone.tsx";
import { OrderAttributes } from "./order-attributes.tsx";
import classes from "./order-entry.module.css";
import { OrderItems } from "./order-items.tsx";
import { shortNumber } from "./short-number.ts";

/** An order, with the way to its receipt: what, for whom (masked), what else was said, when, and whether it is one's own. One of the legacy contract has a price, no books. */
export function OrderEntry({ order, isOwn = false }: { readonly order: Order; readonly isOwn?: boolean }) {
  return (
    <article className={classes.order} aria-label={`Order ${shortNumber(order.id)}`}>
      <div className={classes.head}>
        <AppLink href={`/orders/${order.id}`} className={classes.id}>
          {shortNumber(order.id)}
        </AppLink>
        {isOwn && <strong className={classes.own}>yours</strong>}
        <span className={classes.meta}>
          <MaskedPhone phone={order.phone} />
          {order.time !== undefined && <RelativeTime time={timestampDate(order.time)} />}
        </span>
      </div>
      {order.items.length > 0 ? <OrderItems items={order.items} /> : <LegacyOrder price={order.price} />}
      <OrderAttributes attributes={order.attributes} />
    </article>
  );
}
