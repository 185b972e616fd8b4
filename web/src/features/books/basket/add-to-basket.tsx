import { Button, VisuallyHidden } from "@mantine/core";
import { IconBasketPlus } from "@tabler/icons-react";
import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useReportEvent } from "../details/use-report-event.ts";
import classes from "./add-to-basket.module.css";
import { mostOfEach, quantityOf, withQuantity } from "./basket.ts";
import { useBasket } from "./use-basket.ts";

/** Puts one more copy of a book into the basket, and says how many are in it. */
export function AddToBasket({ book: { id, title } }: { readonly book: Book }) {
  const [basket, store] = useBasket();
  const report = useReportEvent();
  const quantity = quantityOf(basket, id);
  const full = quantity >= mostOfEach || (quantity === 0 && basket.items.length >= mostOfEach);
  return (
    <div className={classes.line}>
      <Button
        variant="subtle"
        size="compact-sm"
        className={classes.button}
        classNames={{ section: classes.icon ?? "" }}
        leftSection={<IconBasketPlus aria-hidden size={16} stroke={1.75} />}
        aria-label={`Add to basket: ${title}`}
        disabled={full}
        onClick={() => {
          store.change((last) => withQuantity(last, { bookId: id, title }, quantityOf(last, id) + 1));
          report("put-into-basket", id);
        }}
      >
        Add to basket
      </Button>
      {quantity > 0 && (
        <span className={classes.quantity}>
          {quantity} <VisuallyHidden component="span">in the basket</VisuallyHidden>
        </span>
      )}
    </div>
  );
}
