import type { KeyboardEvent } from "react";
import classes from "./tab-list.module.css";

/** The tabs, which of them is chosen, and the panel that they change. */
export interface TabListProps<Id extends string> {
  /** What is chosen between. */
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly label: string }[];
  readonly chosen: Id;
  /** The id of the panel, which is labelled by the element `<panelId>-<tab>`. */
  readonly panelId: string;
  readonly onChoose: (id: Id) => void;
}

/** Tabs over a panel. The arrow keys, Home and End go from one to another, and the choice follows. */
export function TabList<Id extends string>({ label, tabs, chosen, panelId, onChoose }: TabListProps<Id>) {
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[targetIndex(event.key, at, tabs.length)];
    if (next === undefined || next.id === chosen) return;
    event.preventDefault();
    onChoose(next.id);
    document.getElementById(`${panelId}-${next.id}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={label} className={classes.tabs} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${panelId}-${tab.id}`}
          aria-selected={tab.id === chosen}
          aria-controls={panelId}
          tabIndex={tab.id === chosen ? 0 : -1}
          className={classes.tab}
          onClick={() => onChoose(tab.id)}
        >
          {tab.label}
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
