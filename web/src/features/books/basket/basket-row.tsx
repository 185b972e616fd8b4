import { ActionIcon, NumberInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { type BasketItem, mostOfEach, withQuantity } from "./basket.ts";
import { useBasket } from "./basket-context.ts";
import classes from "./basket-row.module.css";

/** A book of the basket. */
export interface BasketRowProps {
  readonly item: BasketItem;
  /** What the server said is wrong with its quantity. */
  readonly violation: string | undefined;
}

/** A book of the basket, how many of it, and the way to take it out. */
export function BasketRow({ item, violation }: BasketRowProps) {
  const [, store] = useBasket();
  const { title, quantity } = item;
  return (
    <li className={classes.row}>
      <span className={classes.title} dir="auto">
        {title}
      </span>
      <NumberInput
        aria-label={`Quantity of ${title}`}
        className={classes.quantity}
        value={quantity}
        min={1}
        max={mostOfEach}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        size="sm"
        error={violation}
        onChange={(value) => {
          // An empty field is on the way to another number.
          if (Number(value) >= 1) store.change((last) => withQuantity(last, item, Number(value)));
        }}
      />
      <ActionIcon
        variant="subtle"
        className={classes.remove}
        size="lg"
        aria-label={`Remove ${title}`}
        onClick={() => store.change((last) => withQuantity(last, item, 0))}
      >
        <IconTrash aria-hidden size={18} stroke={1.75} />
      </ActionIcon>
    </li>
  );
}
