import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useRef } from "react";
import { useLocation } from "wouter";
import { Finder } from "./finder.tsx";
import classes from "./palette.module.css";
import { type PaletteView, viewOf } from "./palette-keys.ts";
import { ShortcutList } from "./shortcut-list.tsx";

/** What the palette shows and tells. */
export interface PaletteProps {
  readonly view: PaletteView;
  readonly onClose: () => void;
}

/** A dialog over the page, in which things are found by a few letters, or that lists the shortcuts of the page. */
export function Palette({ view, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [path] = useLocation();
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    // Closed before it goes, it gives the focus back to where that was.
    return () => opened?.close();
  }, []);
  useEffect(() => {
    const element = dialog.current;
    // Escape cancels it; that it was closed is told only later, when Ctrl+K may have come, which would then close what is closed.
    const events = ["cancel", "close"] as const;
    for (const event of events) element?.addEventListener(event, onClose);
    return () => {
      for (const event of events) element?.removeEventListener(event, onClose);
    };
  }, [onClose]);
  const closeOutside = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose();
  };
  const keepKeys = (event: KeyboardEvent) => {
    // Keys that are meant for the palette are none of the page's, but for those that open and close it.
    if (viewOf(event.nativeEvent) !== "find") event.stopPropagation();
  };
  return (
    <dialog
      ref={dialog}
      aria-label={view === "find" ? "Find" : "Shortcuts"}
      className={classes.dialog}
      onClick={closeOutside}
      onKeyDown={keepKeys}
    >
      <div className={classes.content}>
        {view === "find" ? <Finder onDone={onClose} /> : <ShortcutList path={path} />}
        <form method="dialog" className={classes.foot}>
          <button type="submit" className={classes.close}>
            Close
          </button>
        </form>
      </div>
    </dialog>
  );
}
