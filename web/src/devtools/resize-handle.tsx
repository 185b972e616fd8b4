import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import classes from "./dock-frame.module.css";
import type { HeightLimits } from "./use-dock-height.ts";

/** The height now, how high and low it may be, and what to do with another. */
export interface ResizeHandleProps {
  readonly height: number;
  readonly limits: HeightLimits;
  readonly onResize: (height: number) => void;
}

const step = 32;

/** The upper edge of the panel, to be pulled with a pointer or moved with the arrow keys. */
export function ResizeHandle({ height, limits, onResize }: ResizeHandleProps) {
  const grip = useRef<{ readonly y: number; readonly height: number }>(undefined);
  const resize = (next: number) => onResize(Math.round(Math.min(limits.most, Math.max(limits.least, next))));
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { y: event.clientY, height };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (grip.current !== undefined) resize(grip.current.height + grip.current.y - event.clientY);
  };
  const release = () => {
    grip.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const heights: Readonly<Record<string, number>> = {
      ArrowUp: height + step,
      ArrowDown: height - step,
      Home: limits.most,
      End: limits.least,
    };
    const next = heights[event.key];
    if (next === undefined) return;
    event.preventDefault();
    resize(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved has a value; `<hr>` has none.
    <div
      role="separator"
      tabIndex={0}
      className={classes.handle}
      aria-label="Height of the wire panel"
      aria-orientation="horizontal"
      aria-valuemin={limits.least}
      aria-valuemax={limits.most}
      aria-valuenow={height}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onKeyDown={onKeyDown}
    />
  );
}
