import { Button, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useSession } from "../../../session/session-context.ts";
import { whyNot } from "../../../session/why-not.ts";
import { lengthProblem } from "../../../text/length-problem.ts";
import type { BasketItem } from "./basket.ts";
import { BasketRow } from "./basket-row.tsx";
import type { OrderContact } from "./order-contact.ts";
import { OrderFailure } from "./order-failure.tsx";
import classes from "./order-form.module.css";
import type { PlaceOrder } from "./use-place-order.ts";

/** What `OrderForm` works with. */
export interface OrderFormProps {
  readonly items: readonly BasketItem[];
  readonly order: PlaceOrder;
  readonly contact: OrderContact;
  readonly onContactChange: (contact: OrderContact) => void;
}

// What the server takes as the value of an attribute.
const longestNote = 1_000;

/** The books of the basket, whom to call back, and the button that orders. What the server refuses is said at the field. */
export function OrderForm({ items, order, contact, onContactChange }: OrderFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const session = useSession();
  const why = whyNot(session);
  const [phoneMissing, setPhoneMissing] = useState(false);
  const noteProblem = lengthProblem(contact.note.trim(), longestNote);
  const { violations, error } = order;
  // The first field that is wrong takes the focus.
  useEffect(() => {
    if (error !== null || phoneMissing) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error, phoneMissing]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = contact.phone.trim() === "";
    setPhoneMissing(missing);
    const wrong = form.current?.querySelector<HTMLElement>(":is(input, textarea)[data-wrong]");
    if (why !== undefined) return;
    if (wrong) wrong.focus();
    else if (!missing) order.place(contact);
  };
  const phoneViolation = phoneMissing ? "A number to call you back on is required" : violations.get("phone");
  return (
    <form ref={form} onSubmit={submit} noValidate className={classes.form}>
      <ul className={classes.items} aria-label="Books in the basket">
        {items.map((item, index) => (
          <BasketRow key={item.bookId} item={item} violation={violations.get(`items[${index}].quantity`)} />
        ))}
      </ul>
      <TextInput
        label="Phone"
        description="To call you back about the order"
        type="tel"
        autoComplete="tel"
        required
        value={contact.phone}
        error={phoneViolation}
        onChange={(event) => {
          setPhoneMissing(false);
          onContactChange({ ...contact, phone: event.currentTarget.value });
        }}
      />
      <Textarea
        label="Note (optional)"
        description={`Shown with the order in the live list, to ${session.kind === "not-asked" ? "everyone" : "you and admins"}`}
        rows={3}
        data-wrong={noteProblem !== undefined || undefined}
        value={contact.note}
        error={noteProblem ?? violations.get('attributes["note"]')}
        onChange={(event) => onContactChange({ ...contact, note: event.currentTarget.value })}
      />
      <OrderFailure order={order} onPlaceAnother={() => order.placeAnother(contact)} />
      {why !== undefined && <p className={classes.whyNot}>{why}.</p>}
      <Button type="submit" size="md" loading={order.pending} disabled={why !== undefined}>
        Place order
      </Button>
    </form>
  );
}
