import { useId, useState } from "react";
import classes from "./digits-field.module.css";

/** How many significant digits are asked for. */
export interface DigitsFieldProps {
  /** 1 to 1,000. */
  readonly digits: number;
  readonly onChange: (digits: number) => void;
}

/** The digits when nobody says otherwise: those of an IEEE 754 decimal128, as on the server. */
export const defaultDigits = 34;
/** The most digits the server gives. */
const mostDigits = 1_000;

/** Reads a number of digits; undefined for anything but a whole number from 1 to 1,000. */
function parseDigits(text: string): number | undefined {
  const digits = /^\d{1,4}$/u.test(text.trim()) ? Number(text) : 0;
  return digits >= 1 && digits <= mostDigits ? digits : undefined;
}

/** A small field for the number of digits. What is no such number is marked, and changes nothing. */
export function DigitsField({ digits, onChange }: DigitsFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const [seen, setSeen] = useState(digits);
  // Digits that came from elsewhere take the place of what stands there.
  if (seen !== digits) {
    setSeen(digits);
    if (draft !== undefined && parseDigits(draft) !== digits) setDraft(undefined);
  }
  const text = draft ?? String(digits);
  const isInvalid = parseDigits(text) === undefined;
  const change = (next: string) => {
    setDraft(next);
    const parsed = parseDigits(next);
    if (parsed !== undefined) onChange(parsed);
  };
  return (
    <span className={classes.digits}>
      <label htmlFor={id}>Digits when rounded</label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={1}
        max={mostDigits}
        value={text}
        aria-invalid={isInvalid}
        aria-describedby={isInvalid ? `${id}-limits` : undefined}
        title="1 to 1,000 significant digits"
        className={classes.input}
        onChange={(event) => change(event.currentTarget.value)}
        // What cannot be stays, and stays marked; an empty field goes back to what is in use.
        onBlur={() => (text.trim() === "" || !isInvalid) && setDraft(undefined)}
      />
      {isInvalid && (
        <span id={`${id}-limits`} className={classes.limits}>
          1 to 1,000
        </span>
      )}
    </span>
  );
}
