import {
  type CSSProperties,
  type FocusEvent,
  type Key,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useKeptFocus } from "../use-kept-focus.ts";
import classes from "./shelf.module.css";
import { targetIndex } from "./target-index.ts";
import { type ShelfSpacing, useShelfLayout } from "./use-shelf-layout.ts";

/** What stands on a shelf, and who wants to know what is seen of it. */
export interface ShelfProps {
  /** Names the list to assistive technology. */
  readonly label: string;
  /** How many items there are in all. They must be equally high. */
  readonly count: number;
  readonly spacing: ShelfSpacing;
  /** What an item is recognised by when the items change. */
  readonly keyOf: (index: number) => Key;
  /** The content of an item. */
  readonly children: (index: number) => ReactNode;
  /** Called with the number of items, from the first, that have to be there for what is seen. */
  readonly onReach?: (end: number) => void;
  /** Whether other items are on their way to take their place. */
  readonly stale?: boolean;
}

type Variables<Name extends string> = CSSProperties & Readonly<Record<Name, string | number>>;

/**
 * A list of any length that the page scrolls, of which only the items near the window are in the document, and the one that
 * has the focus. Every item says which of how many it is. An item that has the focus passes it on with the arrow keys, Page
 * Up and Down, Home and End; to give it the focus, set it to the list.
 */
export function Shelf({ label, count, spacing, keyOf, children, onReach, stale = false }: ShelfProps) {
  const list = useRef<HTMLUListElement>(null);
  const layout = useShelfLayout(list, count, spacing);
  const [kept, setKept] = useState<number>();
  const { columns, rowHeight, first } = layout;
  // The layout follows a shorter list only after it has been rendered.
  const end = Math.min(layout.end, count);
  const indices = indicesOf(first, end, kept !== undefined && kept < count ? kept : undefined);
  const goTo = useGoTo(list, setKept);
  const keepFocus = useKeptFocus(list, indices.map(keyOf).join());

  const reach = useEffectEvent((reached: number) => onReach?.(reached));
  useEffect(() => reach(end), [end]);

  const onFocus = (event: FocusEvent) => {
    keepFocus(event);
    setKept(indexOf(event.target));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const onList = event.target === event.currentTarget;
    const from = onList ? undefined : indexOfItem(event.target);
    if (!onList && from === undefined) return;
    const to = onList && event.key === "ArrowDown" ? 0 : targetIndex(event.key, from ?? 0, { count, ...layout });
    if (to === undefined) return;
    event.preventDefault();
    goTo(to);
  };
  const style: Variables<"--rows" | "--columns" | "--row-height" | "--row-gap" | "--column-gap"> = {
    "--rows": Math.ceil(count / columns),
    "--columns": columns,
    "--row-height": `${rowHeight}px`,
    "--row-gap": `${spacing.rowGapRem}rem`,
    "--column-gap": `${spacing.columnGapRem}rem`,
  };
  return (
    <ul
      ref={list}
      className={classes.shelf}
      style={style}
      aria-label={label}
      aria-busy={stale}
      data-stale={stale || undefined}
      tabIndex={-1}
      onFocus={onFocus}
      onBlur={() => setKept(undefined)}
      onKeyDown={onKeyDown}
    >
      {indices.map((index) => {
        const place: Variables<"--row" | "--column"> = {
          "--row": Math.floor(index / columns),
          "--column": index % columns,
        };
        return (
          <li
            key={keyOf(index)}
            className={classes.item}
            style={place}
            aria-setsize={count}
            aria-posinset={index + 1}
            data-index={index}
            tabIndex={-1}
          >
            {children(index)}
          </li>
        );
      })}
    </ul>
  );
}

/** Moves the focus to an item that may have to be rendered first. The browser scrolls to what has the focus. */
function useGoTo(list: { readonly current: HTMLElement | null }, keep: (index: number) => void) {
  const [wanted, setWanted] = useState<{ readonly index: number }>();
  useLayoutEffect(() => {
    if (wanted === undefined) return;
    list.current?.querySelector<HTMLElement>(`:scope > [data-index="${wanted.index}"]`)?.focus();
  }, [list, wanted]);
  return (index: number) => {
    keep(index);
    setWanted({ index });
  };
}

function indicesOf(first: number, end: number, kept: number | undefined): readonly number[] {
  const indices = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  if (kept === undefined || (kept >= first && kept < end)) return indices;
  return kept < first ? [kept, ...indices] : [...indices, kept];
}

function indexOf(target: EventTarget): number | undefined {
  const item = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
  return item?.dataset.index === undefined ? undefined : Number(item.dataset.index);
}

function indexOfItem(target: EventTarget): number | undefined {
  return target instanceof HTMLElement && target.dataset.index !== undefined ? Number(target.dataset.index) : undefined;
}
