import { Skeleton } from "@mantine/core";
import { IconPackage } from "@tabler/icons-react";
import {
  type OrderCreated,
  OrderService,
  type WatchOrdersResponse,
} from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { EmptyState } from "../../../components/empty-state.tsx";
import { LiveStatus } from "../../../components/live-status.tsx";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { useLiveStream } from "../../../hooks/use-live-stream.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";
import classes from "./live-orders.module.css";
import { newestOrders } from "./newest-orders.ts";
import { OrderEntry } from "./order-entry.tsx";

const recent = 20;

/** Every order as it is taken, by anyone and through whatever contract, the newest first. */
export function LiveOrders() {
  const client = useServiceClient(OrderService);
  const { state, data, retry } = useLiveStream<WatchOrdersResponse, readonly OrderCreated[]>({
    streamKey: "orders",
    open: (signal, afterSequence) =>
      client.watchOrders(afterSequence === undefined ? { recent } : { afterSequence }, { signal }),
    sequenceOf: ({ update }) => update.value?.sequence,
    initial: [],
    reduce: newestOrders,
  });
  return (
    <Panel title="Orders" aside={<LiveStatus state={state} onRetry={retry} />}>
      {state.kind === "failed" && <ErrorNotice error={state.error} onRetry={retry} />}
      {data.length === 0 && state.kind === "live" && (
        <EmptyState title="No orders yet" icon={<IconPackage size={32} stroke={1.5} />}>
          Put books into the basket and order them, or call the server from any client: every order shows up here as it
          is taken.
        </EmptyState>
      )}
      {data.length === 0 && state.kind !== "live" && state.kind !== "failed" && <Skeleton height="14rem" />}
      <div role="log" aria-label="Live orders">
        <ul className={classes.list}>
          {data.map(({ sequence, order }) => (
            <li key={String(sequence)}>{order !== undefined && <OrderEntry order={order} />}</li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
