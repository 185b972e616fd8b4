import { Button } from "@mantine/core";
import type { RecordedCall } from "@triptych/rpc-web";
import { use, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { RecorderSwitch } from "../transport/recorder-switch.ts";
import { CallDetail } from "./call-detail.tsx";
import { CallList, callElementId } from "./call-list.tsx";
import { ComparisonView } from "./compare/comparison-view.tsx";
import { DockFrame } from "./dock-frame.tsx";
import { filterCalls, wordsOf } from "./filter-calls.ts";
import { NothingRecorded } from "./nothing-recorded.tsx";
import classes from "./recorder-dock.module.css";
import { RecorderToolbar } from "./recorder-toolbar.tsx";
import { useChosenCalls } from "./use-chosen-calls.ts";
import { useRecorderState } from "./use-recorder-state.ts";
import { useSaid } from "./use-said.ts";

/** The row that the Tab key reaches. */
const TAB_STOP = '[role="row"][tabindex="0"]';

/** What the panel shows and how to leave it. */
export interface RecorderDockProps {
  readonly devtools: RecorderSwitch;
  /** Whether a person has just opened it. */
  readonly isOpenedByPerson: boolean;
  readonly onClose: () => void;
}

/** The wire panel: the calls of the page as they happen, and one of them in full. Suspends until the store is loaded. */
export function RecorderDock({ devtools, isOpenedByPerson, onClose }: RecorderDockProps) {
  const store = use(devtools.store());
  const { calls, paused } = useRecorderState(store);
  const [filter, setFilter] = useState("");
  const chosen = useChosenCalls(calls);
  const { types } = store.methods;
  const { says, isReading } = useSaid(calls, types, wordsOf(filter).length > 0);
  const shown = filterCalls(calls, filter, says);
  const { first, second, isChoosingSecond } = chosen;
  const list = useRef<HTMLDivElement>(null);
  const goToList = (change: () => void) => {
    // What has the focus now is gone then, and on a narrow window the list is not there before.
    flushSync(change);
    const row = document.getElementById(callElementId((second ?? first)?.id)) ?? list.current?.querySelector(TAB_STOP);
    (row instanceof HTMLElement ? row : list.current)?.focus();
  };
  const goBack = () => goToList(chosen.back);
  const isDetailShown = first !== undefined && !isChoosingSecond;
  return (
    <DockFrame label="Wire" takesFocus={isOpenedByPerson} onEscape={first === undefined ? onClose : goBack}>
      <RecorderToolbar
        calls={calls}
        shown={shown}
        types={types}
        paused={paused}
        isListHidden={isDetailShown}
        filter={filter}
        onFilter={setFilter}
        onPause={store.setPaused}
        onClear={store.clear}
        onClose={onClose}
      />
      {isChoosingSecond && (
        <p role="status" className={classes.choosing}>
          Choose the call to compare {methodOf(first)} with.{" "}
          <Button size="compact-xs" variant="default" onClick={goBack}>
            Cancel
          </Button>
        </p>
      )}
      <div className={classes.columns} data-detail={isDetailShown || undefined}>
        <div ref={list} tabIndex={-1} className={classes.list}>
          {shown.length === 0 ? (
            <NothingRecorded filter={filter} isReading={isReading} paused={paused} hasCalls={calls.length > 0} />
          ) : (
            <CallList
              calls={shown}
              selectedIds={[first?.id, second?.id].filter((id) => id !== undefined)}
              isFollowing={isDetailShown}
              now={store.now}
              onSelect={chosen.choose}
            />
          )}
        </div>
        {first !== undefined && second !== undefined && (
          <ComparisonView
            key={`${first.id} ${second.id}`}
            first={first}
            second={second}
            types={types}
            onClose={goBack}
          />
        )}
        {first !== undefined && second === undefined && !isChoosingSecond && (
          <CallDetail
            key={first.id}
            call={first}
            types={types}
            now={store.now}
            onCompare={calls.length > 1 ? () => goToList(chosen.compare) : undefined}
            onClose={goBack}
          />
        )}
      </div>
    </DockFrame>
  );
}

function methodOf(call: RecordedCall | undefined): string {
  return call?.path.split("/").at(-1) ?? "";
}
