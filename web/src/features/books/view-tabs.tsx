import { type KeyboardEvent, useRef } from "react";
import { type View, views } from "./use-books-location.ts";
import classes from "./view-tabs.module.css";

/** Which view is shown, and who wants to know. */
export interface ViewTabsProps {
  readonly view: View;
  /** Whether the recommendations stand beside the views, and so are none of them. */
  readonly wide: boolean;
  readonly onChange: (view: View) => void;
}

const labels: Readonly<Record<View, string>> = {
  catalogue: "Catalogue",
  "for-you": "For you",
  discover: "Discover",
  ratings: "My ratings",
  orders: "Orders",
};

/** The tabs of the page. The arrow keys, Home and End go from one to another, and the view follows. */
export function ViewTabs({ view, wide, onChange }: ViewTabsProps) {
  const list = useRef<HTMLDivElement>(null);
  const offered = views.filter((one) => !wide || one !== "for-you");
  const onKeyDown = (event: KeyboardEvent) => {
    const next = offered.at(targetIndex(event.key, offered.indexOf(view), offered.length));
    if (next === undefined || next === view) return;
    event.preventDefault();
    onChange(next);
    list.current?.querySelector<HTMLElement>(`[data-view=${next}]`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label="Books" className={classes.tabs} onKeyDown={onKeyDown}>
      {offered.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`books-tab-${one}`}
          data-view={one}
          aria-selected={one === view}
          aria-controls={one === view ? "books-view" : undefined}
          tabIndex={one === view ? 0 : -1}
          className={classes.tab}
          onClick={() => onChange(one)}
        >
          {labels[one]}
        </button>
      ))}
    </div>
  );
}

function targetIndex(key: string, current: number, count: number): number {
  if (key === "ArrowRight") return (current + 1) % count;
  if (key === "ArrowLeft") return (current - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : current;
}
