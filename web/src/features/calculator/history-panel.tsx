import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { Panel } from "../../components/panel.tsx";
import type { HistoryEntry } from "./history-entry.ts";
import { HistoryLine } from "./history-line.tsx";
import classes from "./history-panel.module.css";
import type { HistoryStore } from "./history-store.ts";

/** The results that were kept. */
export interface HistoryPanelProps {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly history: HistoryStore;
  /** One was chosen to be used again. */
  readonly onReuse: (entry: HistoryEntry) => void;
}

/** The results kept in this browser. What was cleared can be brought back until the page is left. */
export function HistoryPanel({ entries, history, onReuse }: HistoryPanelProps) {
  const [cleared, setCleared] = useState<readonly HistoryEntry[]>([]);
  const list = useRef<HTMLDivElement>(null);
  const focusAt = useRef<number>(undefined);

  // What had focus has gone: it moves to what took its place, or to the list.
  useEffect(() => {
    if (focusAt.current === undefined) return;
    const buttons = list.current?.querySelectorAll<HTMLButtonElement>("button[data-delete]") ?? [];
    (buttons[Math.min(focusAt.current, buttons.length - 1)] ?? list.current)?.focus();
    focusAt.current = undefined;
  });

  const clear = () => {
    focusAt.current = 0;
    setCleared(entries);
    history.replace([]);
  };
  const bringBack = () => {
    focusAt.current = 0;
    history.replace([...entries, ...cleared]);
    setCleared([]);
  };
  const remove = (entry: HistoryEntry, index: number) => {
    focusAt.current = index;
    history.remove(entry);
  };

  return (
    <Panel
      title="History"
      aside={
        entries.length > 0 && (
          <Button size="compact-sm" variant="subtle" aria-label="Clear history" onClick={clear}>
            Clear
          </Button>
        )
      }
    >
      <div ref={list} tabIndex={-1} className={classes.list}>
        {entries.length === 0 ? (
          <EmptyState
            title="No results yet"
            action={
              cleared.length > 0 && (
                <Button size="compact-sm" variant="default" onClick={bringBack}>
                  Bring back {cleared.length.toLocaleString("en")}
                </Button>
              )
            }
          >
            Enter or = keeps a result here, in this browser.
          </EmptyState>
        ) : (
          <ul aria-label="Results" className={classes.entries}>
            {entries.map((entry, index) => (
              <HistoryLine
                key={`${entry.digits} ${entry.expression}`}
                entry={entry}
                onReuse={() => onReuse(entry)}
                onDelete={() => remove(entry, index)}
              />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
