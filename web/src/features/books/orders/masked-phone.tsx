import classes from "./masked-phone.module.css";
import { maskedPhone } from "./masked-text.ts";

/** A phone number, masked: who hears the page is told how it ends. Nothing where there is none. */
export function MaskedPhone({ phone }: { readonly phone: string }) {
  const masked = maskedPhone(phone);
  if (masked === "") return null;
  return (
    <span className={classes.phone}>
      <span aria-hidden>{masked}</span>
      <span className={classes.spoken}>phone ending in {masked.replace(/\D/g, "")}</span>
    </span>
  );
}
