import { use, useState } from "react";
import { flushSync } from "react-dom";
import type { RecorderSwitch } from "../transport/recorder-switch.ts";
import { CallDetail } from "./call-detail.tsx";
import { CallList, callElementId } from "./call-list.tsx";
import { DockFrame } from "./dock-frame.tsx";
import { filterCalls, wordsOf } from "./filter-calls.ts";
import { NothingRecorded } from "./nothing-recorded.tsx";
import classes from "./recorder-dock.module.css";
import { RecorderToolbar } from "./recorder-toolbar.tsx";
import { useRecorderState } from "./use-recorder-state.ts";
import { useSaid } from "./use-said.ts";

/** What the panel shows and how to leave it. */
export interface RecorderDockProps {
  readonly devtools: RecorderSwitch;
  readonly onClose: () => void;
}

/** The wire panel: the calls of the page as they happen, and one of them in full. Suspends until the store is loaded. */
export function RecorderDock({ devtools, onClose }: RecorderDockProps) {
  const store = use(devtools.store());
  const { calls, paused } = useRecorderState(store);
  const [filter, setFilter] = useState("");
  const [selectedId, setSelectedId] = useState<number>();
  const { types } = store.methods;
  const { says, isReading } = useSaid(calls, types, wordsOf(filter).length > 0);
  const shown = filterCalls(calls, filter, says);
  const selected = calls.find(({ id }) => id === selectedId);
  const leaveCall = () => {
    // On a narrow window the list is not there before the call is gone.
    flushSync(() => setSelectedId(undefined));
    document.getElementById(callElementId(selectedId))?.focus();
  };
  return (
    <DockFrame label="Wire" onEscape={selected === undefined ? onClose : leaveCall}>
      <RecorderToolbar
        calls={calls}
        shown={shown}
        types={types}
        paused={paused}
        filter={filter}
        onFilter={setFilter}
        onPause={store.setPaused}
        onClear={store.clear}
        onClose={onClose}
      />
      <div className={classes.columns} data-detail={selected !== undefined || undefined}>
        <div className={classes.list}>
          {shown.length === 0 ? (
            <NothingRecorded filter={filter} isReading={isReading} paused={paused} hasCalls={calls.length > 0} />
          ) : (
            <CallList calls={shown} selectedId={selected?.id} now={store.now} onSelect={setSelectedId} />
          )}
        </div>
        {selected !== undefined && (
          <CallDetail key={selected.id} call={selected} types={types} now={store.now} onClose={leaveCall} />
        )}
      </div>
    </DockFrame>
  );
}
