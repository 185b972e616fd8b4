import type { KeyboardEvent } from "react";
import classes from "./detail-tabs.module.css";

/** The tabs, which of them is chosen, and the panel that they change. */
export interface DetailTabsProps<Id extends string> {
  readonly tabs: readonly { readonly id: Id; readonly label: string }[];
  readonly chosen: Id;
  readonly panelId: string;
  readonly onChoose: (id: Id) => void;
}

/** Tabs over a panel. The arrow keys choose the next one. The panel is named by `<panelId>-<tab>`. */
export function DetailTabs<Id extends string>({ tabs, chosen, panelId, onChoose }: DetailTabsProps<Id>) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChoose(next.id);
    document.getElementById(`${panelId}-${next.id}`)?.focus();
  };
  return (
    <div role="tablist" className={classes.tabs} onKeyDown={onKeyDown}>
      {tabs.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          role="tab"
          id={`${panelId}-${id}`}
          className={classes.tab}
          aria-selected={id === chosen}
          aria-controls={panelId}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
