// biome-ignore-all lint/a11y/useSemanticElements: a grid of rows that are chosen, whose columns are laid out in other ways where it is narrow.
// biome-ignore-all lint/a11y/useFocusableInteractive: the rows, and the buttons of the head, have the focus.
import type { RecordedCall } from "@triptych/rpc-web";
import { type KeyboardEvent, useLayoutEffect, useState } from "react";
import { useStickToEnd } from "../hooks/use-stick-to-end.ts";
import classes from "./call-list.module.css";
import { CallRow } from "./call-row.tsx";
import { ListHead } from "./list-head.tsx";
import { type Sorting, sortCalls } from "./sort-calls.ts";
import { partOf, type RangePart, timeRange } from "./time-range.ts";
import { useTicker } from "./use-ticker.ts";

/** The calls to list and which of them are shown in full. */
export interface CallListProps {
  readonly calls: readonly RecordedCall[];
  /** The call that is shown, or both that are compared, of which the second is the one that was chosen last. */
  readonly selectedIds: readonly number[];
  /** Whether the arrow keys choose the call that they go to. */
  readonly isFollowing: boolean;
  /** The clock of the calls. */
  readonly now: () => number;
  readonly onSelect: (id: number) => void;
}

/** The id of the element that lists a call. */
export function callElementId(id: number | undefined): string {
  return `wire-call-${id}`;
}

/**
 * The calls, the latest last and kept in view unless they are sorted otherwise. The arrow keys go from one to the next, and show it when one is shown
 * already; Enter shows the first one.
 */
export function CallList({ calls: made, selectedIds, isFollowing, now, onSelect }: CallListProps) {
  const selectedId = selectedIds.at(-1);
  const [activeId, setActiveId] = useState<number>();
  const [sorting, setSorting] = useState<Sorting>();
  // Sorted, the latest may be anywhere.
  const scroller = useStickToEnd<HTMLDivElement>(made.at(-1)?.id, sorting === undefined);
  const time = now();
  const calls = sortCalls(made, sorting, time);
  const range = timeRange(made, time);
  useTicker(calls.some(({ state }) => state === "open"));
  useLayoutEffect(() => {
    // The lines are higher beside a call that is shown, so that it may be out of view.
    if (selectedId !== undefined)
      document.getElementById(callElementId(selectedId))?.scrollIntoView({ block: "nearest" });
  }, [selectedId]);
  const active = calls.find(({ id }) => id === (activeId ?? selectedId)) ?? calls.at(-1);

  const onKeyDown = (event: KeyboardEvent) => {
    if (active === undefined) return;
    const at = calls.indexOf(active);
    const places: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(at + 1, calls.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      Home: 0,
      End: calls.length - 1,
    };
    const isChoice = event.key === "Enter" || event.key === " ";
    const next = isChoice ? active : calls[places[event.key] ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    setActiveId(next.id);
    if (isChoice || isFollowing) onSelect(next.id);
    document.getElementById(callElementId(next.id))?.focus();
  };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label="Calls"
      aria-multiselectable={selectedIds.length > 1}
      className={classes.scroller}
    >
      <ListHead sorting={sorting} onSort={setSorting} />
      <div role="rowgroup" onKeyDown={onKeyDown}>
        {calls.map((call) => (
          <CallRow
            key={call.id}
            id={callElementId(call.id)}
            call={call}
            elapsed={call.endedAfter ?? (call.state === "open" ? time - call.startedAt : undefined)}
            startedAfter={call.startedAt - range.from}
            {...shownPart(partOf(call, range, time))}
            isSelected={selectedIds.includes(call.id)}
            isActive={call === active}
            onSelect={onSelect}
            onFocus={setActiveId}
          />
        ))}
      </div>
    </div>
  );
}

/** In steps of a thousandth, so that a row is drawn again only where it changes. */
function shownPart({ start, length }: RangePart): RangePart {
  return { start: Math.round(start * 1_000) / 1_000, length: Math.ceil(length * 1_000) / 1_000 };
}
