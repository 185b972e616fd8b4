import { IconActivityHeartbeat } from "@tabler/icons-react";
import { lazy, Suspense, use, useCallback, useRef, useState, useSyncExternalStore } from "react";
import { ErrorBoundary } from "../components/error-boundary.tsx";
import { RecorderContext } from "../transport/recorder-context.ts";
import type { RecorderSwitch } from "../transport/recorder-switch.ts";
import classes from "./recorder-control.module.css";
import { RecorderFailure } from "./recorder-failure.tsx";
import { recorderShortcut, useRecorderShortcut } from "./use-recorder-shortcut.ts";

const RecorderDock = lazy(async () => ({ default: (await import("./recorder-dock.tsx")).RecorderDock }));

/** The way to the wire panel, and the panel when it is open. Nothing where there is no switch. */
export function RecorderControl() {
  const devtools = use(RecorderContext);
  return devtools === undefined ? null : <RecorderToggle devtools={devtools} />;
}

function RecorderToggle({ devtools }: { readonly devtools: RecorderSwitch }) {
  const isOpen = useSyncExternalStore(devtools.subscribe, devtools.isOpen);
  // Open from the start, it takes the focus from nothing. Afterwards a person opens it, which the focus does not tell: Safari leaves a button without it.
  const [isOpenFromStart, setOpenFromStart] = useState(isOpen);
  if (isOpenFromStart && !isOpen) setOpenFromStart(false);
  const button = useRef<HTMLButtonElement>(null);
  const toggle = useCallback(() => devtools.setOpen(!devtools.isOpen()), [devtools]);
  const close = useCallback(() => {
    devtools.setOpen(false);
    button.current?.focus();
  }, [devtools]);
  useRecorderShortcut(toggle);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={classes.toggle}
        aria-expanded={isOpen}
        aria-keyshortcuts={recorderShortcut.keys}
        title={`The calls of this page, frame by frame (${recorderShortcut.label})`}
        onClick={toggle}
      >
        <IconActivityHeartbeat aria-hidden size={16} stroke={1.75} />
        Wire
      </button>
      {isOpen && (
        <ErrorBoundary resetKey="" fallback={() => <RecorderFailure onClose={close} />}>
          <Suspense fallback={null}>
            <RecorderDock devtools={devtools} isOpenedByPerson={!isOpenFromStart} onClose={close} />
          </Suspense>
        </ErrorBoundary>
      )}
    </>
  );
}
