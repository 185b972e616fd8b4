import { IconBackspace } from "@tabler/icons-react";
import { type KeyboardEvent, useRef, useState } from "react";
import classes from "./keypad.module.css";
import { type Key, keyColumns, keys } from "./keys.ts";
import { nextInGrid } from "./next-in-grid.ts";

/** What the keypad works on. */
export interface KeypadProps {
  /** A key was pressed; `byPointer` tells a finger or mouse from the keyboard. */
  readonly onKey: (action: Key["action"], byPointer: boolean) => void;
}

/** Keys for an expression. One stop for Tab, and arrow keys within. */
export function Keypad({ onKey }: KeypadProps) {
  const [current, setCurrent] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextInGrid(event.key, current, keyColumns, keys.length);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    grid.current?.querySelectorAll("button")[next]?.focus();
  };
  return (
    <div ref={grid} role="toolbar" aria-label="Keypad" className={classes.keypad} onKeyDown={onKeyDown}>
      {keys.map(({ label, name, tone, action }, index) => (
        <button
          key={name}
          type="button"
          aria-label={name}
          className={classes.key}
          data-tone={tone}
          data-short={label.length === 1}
          tabIndex={index === current ? 0 : -1}
          onFocus={() => setCurrent(index)}
          // Keeps focus, and with it the caret, in the expression.
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => onKey(action, event.detail > 0)}
        >
          {action === "erase" ? <IconBackspace aria-hidden size={22} stroke={1.5} /> : label}
        </button>
      ))}
    </div>
  );
}
