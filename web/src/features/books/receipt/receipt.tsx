import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { Order } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { CopyButton } from "../../../components/copy-button.tsx";
import { Panel } from "../../../components/panel.tsx";
import { AppLink } from "../../../shell/app-link.tsx";
import { LegacyOrder } from "../orders/legacy-order.tsx";
import { MaskedPhone } from "../orders/masked-phone.tsx";
import { OrderAttributes } from "../orders/order-attributes.tsx";
import { OrderItems } from "../orders/order-items.tsx";
import classes from "./receipt.module.css";

/** An order in full: what was ordered and how much, when, for whom (masked), its whole id, and the link to send. */
export function Receipt({ order }: { readonly order: Order }) {
  const time = order.time && timestampDate(order.time);
  return (
    <Panel
      title="Receipt"
      aside={
        <CopyButton
          label="Copy link to this order"
          caption="Copy link"
          text={`${window.location.origin}/orders/${order.id}`}
        />
      }
    >
      {order.items.length > 0 ? <OrderItems items={order.items} /> : <LegacyOrder price={order.price} />}
      <OrderAttributes attributes={order.attributes} />
      <dl className={classes.facts}>
        {time !== undefined && (
          <div>
            <dt>Taken</dt>
            <dd>
              <time dateTime={time.toISOString()}>{time.toLocaleString()}</time>
            </dd>
          </div>
        )}
        {order.phone !== "" && (
          <div>
            <dt>Call back</dt>
            <dd>
              <MaskedPhone phone={order.phone} />
            </dd>
          </div>
        )}
        <div>
          <dt>Id</dt>
          <dd className={classes.id}>{order.id}</dd>
        </div>
      </dl>
      <AppLink href="/books?view=orders" className={classes.back}>
        All orders
      </AppLink>
    </Panel>
  );
}
