import { useMediaQuery } from "@mantine/hooks";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import classes from "./dock-frame.module.css";
import { ResizeHandle } from "./resize-handle.tsx";
import { useDockHeight } from "./use-dock-height.ts";

/** What is in the frame, what it is called, and what Escape does in it. */
export interface DockFrameProps {
  readonly label: string;
  /** Whether it takes the focus as it opens. */
  readonly takesFocus: boolean;
  readonly onEscape: () => void;
  readonly children: ReactNode;
}

/** Where the panel is: at the foot of the window, on a phone above its bar, as high as people pull it. The page above stays as it is, and can be used. */
export function DockFrame({ label, takesFocus, onEscape, children }: DockFrameProps) {
  const isWide = useMediaQuery("(min-width: 60rem)", false, { getInitialValueInEffect: false });
  const { height, limits, setHeight } = useDockHeight(isWide ? "dock" : "sheet");
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    // The page and the handle of the panel keep clear of it.
    const { style } = document.documentElement;
    style.setProperty("--tri-dock", `${height}px`);
    return () => void style.removeProperty("--tri-dock");
  }, [height]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is about how the panel was opened.
  useEffect(() => {
    if (takesFocus) section.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section
      ref={section}
      tabIndex={-1}
      className={classes.dock}
      aria-label={label}
      style={{ height }}
      onKeyDown={onEscapeKey(onEscape)}
    >
      <ResizeHandle height={height} limits={limits} onResize={setHeight} />
      {children}
    </section>
  );
}

function onEscapeKey(onEscape: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== "Escape") return;
    // In a filter with words, Escape empties the filter.
    if (event.target instanceof HTMLInputElement && event.target.value !== "") return;
    event.preventDefault();
    onEscape();
  };
}
