import { Button, VisuallyHidden } from "@mantine/core";
import { IconBasket } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { totalQuantity } from "./basket.ts";
import classes from "./basket-button.module.css";
import type { OrderContact } from "./order-contact.ts";
import { useBasket } from "./use-basket.ts";

const load = () => import("./order-dialog.tsx");
const OrderDialog = lazy(async () => ({ default: (await load()).OrderDialog }));
// Where it cannot be loaded ahead of time, it is loaded again, and fails visibly, when it is opened.
const preload = () => void load().catch(() => {});

/** How many books are in the basket, and the way to see and order them. What is written to order with stays when closed. */
export function BasketButton() {
  const [basket] = useBasket();
  const [open, setOpen] = useState(false);
  const [contact, setContact] = useState<OrderContact>({ phone: "", note: "" });
  const total = totalQuantity(basket);
  const words = total === 1 ? "1 book" : `${total} books`;
  return (
    <>
      <Button
        // Without a variant it takes the colour of the page.
        {...(total === 0 && { variant: "default" })}
        aria-label={`Basket ${words}`}
        aria-haspopup="dialog"
        className={classes.button}
        leftSection={<IconBasket aria-hidden size={18} stroke={1.75} />}
        onClick={() => setOpen(true)}
        onPointerEnter={preload}
        onFocus={preload}
      >
        <span className={classes.word}>Basket</span> <span className={classes.total}>{total}</span>
      </Button>
      <VisuallyHidden role="status" aria-label="Basket">
        {total > 0 && `${words} in the basket`}
      </VisuallyHidden>
      {open && (
        <Suspense fallback={null}>
          <OrderDialog contact={contact} onContactChange={setContact} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
