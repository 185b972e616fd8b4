import classes from "./exactness-badge.module.css";

/** Whether a value is the number itself. */
export interface ExactnessBadgeProps {
  readonly exact: boolean;
  /** How many significant digits it was rounded to otherwise. */
  readonly digits: number;
}

/** Says in a word or two whether a value is exact or rounded. */
export function ExactnessBadge({ exact, digits }: ExactnessBadgeProps) {
  return (
    <span className={classes.badge} data-exact={exact}>
      {exact ? "exact" : `rounded to ${digits.toLocaleString("en")} ${digits === 1 ? "digit" : "digits"}`}
    </span>
  );
}
