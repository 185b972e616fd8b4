import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from "react";
import { rowsInView } from "./rows-in-view.ts";

/** How the items of a shelf are laid out, in rem, which grow with the reader's font size. */
export interface ShelfSpacing {
  /** How wide a column is at least, and how many there are at least, however narrow. */
  readonly columnRem: number;
  readonly fewestColumns: number;
  readonly columnGapRem: number;
  readonly rowGapRem: number;
  /** How high an item is about; used until one can be measured. */
  readonly heightRem: number;
}

/** What of a shelf is rendered, and where. Lengths are pixels. */
export interface ShelfLayout {
  readonly columns: number;
  /** The height of a row with the gap after it. */
  readonly rowHeight: number;
  /** The items to render: `first` up to, but not including, `end`. */
  readonly first: number;
  readonly end: number;
  /** How many whole rows the window shows. */
  readonly rowsOnPage: number;
}

/**
 * Lays out `count` equally high items in as many columns as fit, and keeps to those near the window while the page is
 * scrolled or resized. The items must be the list's children.
 */
export function useShelfLayout(list: RefObject<HTMLElement | null>, count: number, spacing: ShelfSpacing): ShelfLayout {
  const [layout, setLayout] = useState<ShelfLayout>(() => layOut(undefined, count, spacing));
  const { columnRem, fewestColumns, columnGapRem, rowGapRem, heightRem } = spacing;
  const update = useCallback(() => {
    const own = { columnRem, fewestColumns, columnGapRem, rowGapRem, heightRem };
    setLayout((last) => keepIfSame(last, layOut(list.current ?? undefined, count, own)));
  }, [list, count, columnRem, fewestColumns, columnGapRem, rowGapRem, heightRem]);

  // Again when the columns have changed, because then the height of the items has, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns are the reason to measure again.
  useLayoutEffect(update, [update, layout.columns]);

  useEffect(() => {
    const options = { passive: true } as const;
    window.addEventListener("scroll", update, options);
    window.addEventListener("resize", update, options);
    // What stands above moves the list, and what stands beside it changes its width.
    const observer = typeof ResizeObserver === "undefined" ? undefined : new ResizeObserver(update);
    if (list.current !== null) observer?.observe(list.current);
    observer?.observe(document.body);
    return () => {
      window.removeEventListener("scroll", update);
      window.removeEventListener("resize", update);
      observer?.disconnect();
    };
  }, [list, update]);

  return layout;
}

function layOut(list: HTMLElement | undefined, count: number, spacing: ShelfSpacing): ShelfLayout {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const gap = spacing.columnGapRem * rem;
  const fitting = Math.floor(((list?.clientWidth ?? 0) + gap) / (spacing.columnRem * rem + gap));
  const columns = Math.max(spacing.fewestColumns, fitting);
  const height = highest(list) || spacing.heightRem * rem;
  const rowHeight = height + spacing.rowGapRem * rem;
  const rows = Math.ceil(count / columns);
  const top = list?.getBoundingClientRect().top ?? 0;
  const windowHeight = window.innerHeight;
  const { first, end } = rowsInView({ rows, rowHeight, top, windowHeight });
  return {
    columns,
    rowHeight,
    first: first * columns,
    end: Math.min(end * columns, count),
    rowsOnPage: Math.floor(windowHeight / rowHeight),
  };
}

/** How high the highest item is; 0 where there is none. All are equally high, but where a reader gives text more space. */
function highest(list: HTMLElement | undefined): number {
  const heights = [...(list?.children ?? [])].map((item) => (item instanceof HTMLElement ? item.offsetHeight : 0));
  return Math.max(0, ...heights);
}

function keepIfSame(last: ShelfLayout, next: ShelfLayout): ShelfLayout {
  const same = (Object.keys(next) as (keyof ShelfLayout)[]).every((key) => last[key] === next[key]);
  return same ? last : next;
}
