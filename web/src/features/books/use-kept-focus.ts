import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Keeps the keyboard's place in a list whose rows come and go: when the row that has the focus goes, the list itself takes
 * it. The list needs `tabIndex={-1}`, and its `onFocus` must be given what this returns; `rows` says when rows changed.
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>, rows: string): (event: FocusEvent) => void {
  const focused = useRef<Element>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are the reason to look where the focus is.
  useLayoutEffect(() => {
    if (focused.current?.isConnected === false && document.activeElement === document.body) {
      list.current?.focus({ preventScroll: true });
    }
  }, [list, rows]);
  return (event) => {
    focused.current = event.target;
  };
}
