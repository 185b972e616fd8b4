import { Button } from "@mantine/core";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import classes from "./order-failure.module.css";
import type { PlaceOrder } from "./use-place-order.ts";

/** How the order went, and how to order beside one that was taken. */
export interface OrderFailureProps {
  readonly order: PlaceOrder;
  readonly onPlaceAnother: () => void;
}

/** Why an order was not taken, and what can be done; nothing while there is no failure. */
export function OrderFailure({ order, onPlaceAnother }: OrderFailureProps) {
  const { error, earlierTaken, violations } = order;
  if (error === null) return null;
  if (!earlierTaken) return <ErrorNotice error={error} withoutDetail={violations.size > 0} />;
  return (
    <div className={classes.failure}>
      <ErrorNotice
        error={error}
        withoutDetail
        sentence="An earlier attempt went through after all, with different contents. You can find it in the live orders."
      />
      <Button variant="default" onClick={onPlaceAnother}>
        Order this as well
      </Button>
    </div>
  );
}
