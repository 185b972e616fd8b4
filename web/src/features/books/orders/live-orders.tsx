import { Skeleton } from "@mantine/core";
import { IconPackage } from "@tabler/icons-react";
import {
  type Order,
  type OrderCreated,
  OrderService,
  type WatchOrdersResponse,
} from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { EmptyState } from "../../../components/empty-state.tsx";
import { LiveStatus } from "../../../components/live-status.tsx";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { useLiveStream } from "../../../hooks/use-live-stream.ts";
import { useSession } from "../../../session/session-context.ts";
import { keptForVisits } from "../../../storage/kept-storage.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";
import classes from "./live-orders.module.css";
import { newestOrders } from "./newest-orders.ts";
import { OrderEntry } from "./order-entry.tsx";
import { ownOrders } from "./own-orders.ts";

const recent = 20;

/** The orders that one may see, as they are taken, through whatever contract, the newest first: one's own are marked, where there are others. */
export function LiveOrders() {
  const client = useServiceClient(OrderService);
  const session = useSession();
  const areOwn = session.kind === "signed-in" && !session.user.isAdmin;
  const { state, data, retry } = useLiveStream<WatchOrdersResponse, readonly OrderCreated[]>({
    streamKey: "orders",
    open: (signal, afterSequence, logId) =>
      client.watchOrders(afterSequence === undefined ? { recent } : { afterSequence, logId }, { signal }),
    sequenceOf: ({ update }) => update.value?.sequence,
    logIdOf: ({ update }) => (update.case === "position" ? update.value.logId : undefined),
    initial: [],
    reduce: newestOrders,
  });
  // Where the server does not know who calls, those that were made in this browser.
  const madeHere = session.kind === "signed-in" ? [] : ownOrders(keptForVisits);
  const isOwn = ({ id, own }: Order) => !areOwn && (own || madeHere.includes(id));
  return (
    <Panel title={areOwn ? "Your orders" : "Orders"} aside={<LiveStatus state={state} onRetry={retry} />}>
      {state.kind === "failed" && <ErrorNotice error={state.error} onRetry={retry} />}
      {data.length === 0 && state.kind === "live" && (
        <EmptyState title="No orders yet" icon={<IconPackage size={32} stroke={1.5} />}>
          Put books into the basket and order them, or call the server from any client:{" "}
          {areOwn ? "your orders show" : "every order shows"} up here as {areOwn ? "they are" : "it is"} taken.
        </EmptyState>
      )}
      {data.length === 0 && state.kind !== "live" && state.kind !== "failed" && <Skeleton height="14rem" />}
      <div role="log" aria-label="Live orders">
        <ul className={classes.list}>
          {data.map(({ sequence, order }) => (
            <li key={String(sequence)}>{order !== undefined && <OrderEntry order={order} isOwn={isOwn(order)} />}</li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
