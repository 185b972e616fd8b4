import { useEffect } from "react";

/** The keys that open and close the wire panel: for programs and for people. */
export const recorderShortcut = { keys: "Alt+Shift+W", label: "Alt + Shift + W" } as const;

/** Runs when the keys of the wire panel are pressed, wherever the focus is. */
export function useRecorderShortcut(run: () => void): void {
  // By hand: every page begins with it, and Mantine's useHotkeys would add almost a kilobyte to each.
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // The place of the key, not its letter: with Alt, the letter is another on many keyboards.
      if (event.code !== "KeyW" || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (!event.repeat) run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [run]);
}
