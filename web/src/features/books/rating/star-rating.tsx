import { IconStar, IconStarFilled, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useId, useRef } from "react";
import classes from "./star-rating.module.css";

/** What is rated, how, and who wants to know. */
export interface StarRatingProps {
  /** What is rated: the stars are named `Your rating of` it. */
  readonly title: string;
  /** 1 to 5; undefined for none. */
  readonly stars: number | undefined;
  /** Why it may not be rated; undefined where it may. */
  readonly whyNot?: string | undefined;
  /** Called with 1 to 5, or with undefined to withdraw. */
  readonly onChange: (stars: number | undefined) => void;
}

const choices = [1, 2, 3, 4, 5];

/**
 * Five stars to choose from: radio buttons to assistive technology and the keyboard, where the digits 1 to 5 choose too,
 * and 0 and Delete withdraw. A rating that there is can be withdrawn on a button.
 */
export function StarRating({ title, stars, whyNot, onChange }: StarRatingProps) {
  const name = useId();
  const group = useRef<HTMLDivElement>(null);
  const choose = (choice: number) => {
    group.current?.querySelectorAll("input")[choice - 1]?.focus();
    if (choice !== stars) onChange(choice);
  };
  const withdraw = () => {
    // The button is about to go, and the focus must not go with it.
    group.current?.querySelector("input")?.focus();
    onChange(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (whyNot !== undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    if (/^[1-5]$/.test(event.key)) choose(Number(event.key));
    else if (stars !== undefined && ["0", "Delete", "Backspace"].includes(event.key)) withdraw();
    else return;
    event.preventDefault();
  };
  return (
    <div className={classes.rating}>
      <div
        ref={group}
        role="radiogroup"
        aria-label={`Your rating of ${title}`}
        aria-disabled={whyNot !== undefined}
        title={whyNot}
        className={classes.stars}
        onKeyDown={onKeyDown}
      >
        {choices.map((choice) => (
          <label key={choice} className={classes.star} data-on={(stars ?? 0) >= choice || undefined}>
            <input
              type="radio"
              name={name}
              value={choice}
              checked={stars === choice}
              disabled={whyNot !== undefined}
              onChange={() => onChange(choice)}
              aria-label={choice === 1 ? "1 star" : `${choice} stars`}
              className={classes.input}
            />
            <IconStar aria-hidden size={20} stroke={1.5} className={classes.outline} />
            <IconStarFilled aria-hidden size={20} className={classes.filled} />
          </label>
        ))}
      </div>
      {stars !== undefined && (
        <button
          type="button"
          className={classes.withdraw}
          aria-label={`Withdraw your rating of ${title}`}
          onClick={withdraw}
        >
          <IconX aria-hidden size={14} />
        </button>
      )}
    </div>
  );
}
