import { type FocusEvent, type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Keeps the keyboard's place in a list whose rows come and go: when the row that has the focus goes, the first link of the row that takes
 * its place has it, or of the last row, and where there is none the list. The list needs `tabIndex={-1}`, its `onFocus` must be given what
 * this returns, and its children must be its rows, but for inert ones; `rows` says when
 * rows changed.
 */
export function useFocusNext(list: RefObject<HTMLElement | null>, rows: string): (event: FocusEvent) => void {
  const focused = useRef<{ readonly element: Element; readonly row: number }>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are the reason to look where the focus is.
  useLayoutEffect(() => {
    const last = focused.current;
    if (last === undefined || last.element.isConnected || document.activeElement !== document.body) return;
    const left = rowsOf(list.current);
    const next = left[Math.min(last.row, left.length - 1)];
    (next?.querySelector<HTMLElement>("a[href]") ?? list.current)?.focus({ preventScroll: true });
  }, [list, rows]);
  return ({ target }) => {
    const row = rowsOf(list.current).findIndex((one) => one.contains(target));
    focused.current = { element: target, row: Math.max(0, row) };
  };
}

/** What is inert is the likeness of a row that goes: see `useFlip`. */
function rowsOf(list: HTMLElement | null): readonly Element[] {
  return [...(list?.children ?? [])].filter((child) => !(child instanceof HTMLElement && child.inert));
}
