import type { KeyboardEvent, PointerEvent } from "react";
import { type PaneRange, sizeAfterKey, within } from "./pane-size.ts";
import classes from "./separator.module.css";

/** What a separator moves. */
export interface SeparatorProps {
  /** What it is called, such as `Width of the request`. */
  readonly label: string;
  /** The size of the pane before it, in percent of the room around it. */
  readonly size: number;
  readonly range: PaneRange;
  readonly onChange: (size: number) => void;
}

/** The line between two panes: dragged, moved by the arrow keys, Home and End, and set back by a double click or Enter. */
export function Separator({ label, size, range, onChange }: SeparatorProps) {
  function onPointerMove({ currentTarget, pointerId, clientX }: PointerEvent<HTMLElement>) {
    const room = currentTarget.parentElement?.getBoundingClientRect();
    if (room === undefined || !currentTarget.hasPointerCapture(pointerId)) return;
    onChange(within(((clientX - room.left) / room.width) * 100, range));
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = sizeAfterKey(event.key, size, range);
    if (next === undefined) return;
    event.preventDefault();
    onChange(next);
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved is a control, which no rule of a text is.
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={size}
      aria-valuemin={range.min}
      aria-valuemax={range.max}
      className={classes.separator}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
      onDoubleClick={() => onChange(range.initial)}
      onKeyDown={onKeyDown}
    />
  );
}
