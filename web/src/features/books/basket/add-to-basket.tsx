import { Button } from "@mantine/core";
import { IconBasketPlus } from "@tabler/icons-react";
import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import classes from "./add-to-basket.module.css";
import { mostOfEach, quantityOf, withQuantity } from "./basket.ts";
import { useBasket } from "./basket-context.ts";

/** Puts one more copy of a book into the basket, and says how many are in it. */
export function AddToBasket({ book }: { readonly book: Book }) {
  const [basket, store] = useBasket();
  const quantity = quantityOf(basket, book.id);
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      className={classes.button}
      aria-label={`Add to basket: ${book.title}${quantity > 0 ? `, ${quantity} in it` : ""}`}
      leftSection={<IconBasketPlus aria-hidden size={16} stroke={1.75} />}
      disabled={quantity >= mostOfEach || (quantity === 0 && basket.items.length >= mostOfEach)}
      onClick={() =>
        store.change((last) =>
          withQuantity(last, { bookId: book.id, title: book.title }, quantityOf(last, book.id) + 1),
        )
      }
    >
      Add to basket
      {quantity > 0 && <span className={classes.quantity}>{quantity}</span>}
    </Button>
  );
}
