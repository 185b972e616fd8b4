import { CloseButton } from "@mantine/core";
import { IconBasket } from "@tabler/icons-react";
import { useEffect, useId, useRef } from "react";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useNotify } from "../../../notices/use-notify.ts";
import { shortNumber } from "../orders/short-number.ts";
import type { OrderContact } from "./order-contact.ts";
import classes from "./order-dialog.module.css";
import { OrderForm } from "./order-form.tsx";
import { useBasket } from "./use-basket.ts";
import { usePlaceOrder } from "./use-place-order.ts";

/** What `OrderDialog` works with. */
export interface OrderDialogProps {
  readonly contact: OrderContact;
  readonly onContactChange: (contact: OrderContact) => void;
  /** Called once it has closed. */
  readonly onClose: () => void;
}

/** The basket in a drawer over the page: its books, and the form to order them. Closes when the order is taken. */
export function OrderDialog({ contact, onContactChange, onClose }: OrderDialogProps) {
  const [basket] = useBasket();
  const notify = useNotify();
  const headingId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
  }, []);
  const close = () => dialog.current?.close();
  const order = usePlaceOrder(({ order: taken, created }, note) => {
    if (contact.note.trim() === note) onContactChange({ ...contact, note: "" });
    close();
    const order = `Your order ${shortNumber(taken?.id ?? "")}`;
    const text = created ? `${order} was taken.` : `${order} had been taken already.`;
    notify({ kind: "success", text });
  });
  return (
    <dialog ref={dialog} className={classes.dialog} aria-labelledby={headingId} closedby="any" onClose={onClose}>
      <div className={classes.head}>
        <h2 id={headingId} className={classes.title}>
          Your basket
        </h2>
        <CloseButton aria-label="Close the basket" onClick={close} />
      </div>
      {basket.items.length === 0 ? (
        <EmptyState title="The basket is empty" icon={<IconBasket size={32} stroke={1.5} />}>
          Add books from the catalogue, and order them here.
        </EmptyState>
      ) : (
        <OrderForm items={basket.items} order={order} contact={contact} onContactChange={onContactChange} />
      )}
    </dialog>
  );
}
