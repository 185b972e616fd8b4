import { useMediaQuery } from "@mantine/hooks";
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import classes from "./dock-frame.module.css";
import { ResizeHandle } from "./resize-handle.tsx";
import { useDockHeight } from "./use-dock-height.ts";

/** What is in the frame, what it is called, and what Escape does in it. */
export interface DockFrameProps {
  readonly label: string;
  readonly onEscape: () => void;
  /** Called when the browser itself closes the panel, such as by the back gesture of a phone. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Where the panel is: at the bottom of a wide window, as high as people pull it, or all over a phone. */
export function DockFrame(props: DockFrameProps) {
  const isWide = useMediaQuery("(min-width: 60rem)", false, { getInitialValueInEffect: false });
  return isWide ? <Dock {...props} /> : <Sheet {...props} />;
}

function Dock({ label, onEscape, children }: DockFrameProps) {
  const { height, limits, setHeight } = useDockHeight();
  useEffect(() => {
    // The page and the handle of the panel keep clear of it.
    const { style } = document.documentElement;
    style.setProperty("--tri-dock", `${height}px`);
    return () => void style.removeProperty("--tri-dock");
  }, [height]);
  return (
    <section className={classes.dock} aria-label={label} style={{ height }} onKeyDown={onEscapeKey(onEscape)}>
      <ResizeHandle height={height} limits={limits} onResize={setHeight} />
      {children}
    </section>
  );
}

function Sheet({ label, onEscape, onClose, children }: DockFrameProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Else the filter has it, and the keyboard of the phone covers what is to be seen.
    element?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes.sheet}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onEscapeKey(onEscape)}
      onClose={(event) => {
        // Told late: it may have been opened again.
        if (!event.currentTarget.open) onClose();
      }}
    >
      {children}
    </dialog>
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
