import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { ErrorBoundary } from "../components/error-boundary.tsx";
import classes from "./palette-control.module.css";
import { type PaletteView, viewOf } from "./palette-keys.ts";

const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));

/** The way to the palette: a button, Ctrl+K, and `?` for the shortcuts. Its code is loaded when it is first opened. */
export function PaletteControl() {
  const [view, setView] = useState<PaletteView>();
  const close = useCallback(() => setView(undefined), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const wanted = viewOf(event);
      if (wanted === undefined) return;
      event.preventDefault();
      setView((last) => (last === wanted ? undefined : wanted));
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return (
    <>
      <button type="button" aria-keyshortcuts="Control+K" className={classes.button} onClick={() => setView("find")}>
        Find <kbd className={classes.keys}>Ctrl K</kbd>
      </button>
      {view !== undefined && (
        <ErrorBoundary resetKey={view} fallback={() => null}>
          <Suspense fallback={null}>
            <Palette key={view} view={view} onClose={close} />
          </Suspense>
        </ErrorBoundary>
      )}
    </>
  );
}
