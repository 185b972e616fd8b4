import { ActionIcon, NumberInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { type BasketItem, mostOfEach, withQuantity } from "./basket.ts";
import classes from "./basket-row.module.css";
import { useBasket } from "./use-basket.ts";

/** A book of the basket. */
export interface BasketRowProps {
  readonly item: BasketItem;
  /** What the server said is wrong with its quantity. */
  readonly violation: string | undefined;
}

/**
 * A book of the basket, how many of it, and the way to take it out. A quantity that cannot be ordered stays as it was typed,
 * and keeps the basket from being ordered.
 */
export function BasketRow({ item, violation }: BasketRowProps) {
  const [, store] = useBasket();
  const [draft, setDraft] = useState<number | string>();
  const { title, quantity } = item;
  const problem = draft === undefined || draft === "" || isQuantity(draft) ? undefined : `1 to ${mostOfEach}`;
  return (
    <li className={classes.row}>
      <span className={classes.title} dir="auto">
        {title}
      </span>
      <NumberInput
        aria-label={`Quantity of ${title}`}
        className={classes.quantity}
        data-wrong={problem !== undefined || undefined}
        value={draft ?? quantity}
        min={1}
        max={mostOfEach}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        size="sm"
        error={problem ?? violation}
        onChange={(value) => {
          // An empty field is on the way to another number.
          setDraft(isQuantity(value) ? undefined : value);
          if (isQuantity(value)) store.change((last) => withQuantity(last, item, Number(value)));
        }}
        onBlur={() => draft === "" && setDraft(undefined)}
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

function isQuantity(value: number | string): boolean {
  return value !== "" && Number(value) >= 1 && Number(value) <= mostOfEach;
}
