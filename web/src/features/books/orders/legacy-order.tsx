import classes from "./legacy-order.module.css";

const longestPrice = 60;

/** What is known of an order that was taken through the legacy contract, in place of its books. */
export function LegacyOrder({ price }: { readonly price: string }) {
  return (
    <p className={classes.legacy}>
      Taken through the legacy contract, which names no books
      {price !== "" && (
        <>
          ; price <bdi className={classes.price}>{cut(price)}</bdi>
        </>
      )}
    </p>
  );
}

function cut(text: string): string {
  return text.length > longestPrice ? `${text.slice(0, longestPrice)}…` : text;
}
