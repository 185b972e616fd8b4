import { IconActivityHeartbeat } from "@tabler/icons-react";
import { lazy, Suspense, use, useCallback, useRef, useSyncExternalStore } from "react";
import { ErrorBoundary } from "../shell/error-boundary.tsx";
import { useWireShortcut, wireShortcut } from "./use-wire-shortcut.ts";
import { WireContext } from "./wire-context.ts";
import classes from "./wire-control.module.css";
import { WireFailure } from "./wire-failure.tsx";
import type { WireSwitch } from "./wire-switch.ts";

const WireDock = lazy(async () => ({ default: (await import("./wire-dock.tsx")).WireDock }));

/** The way to the wire panel, and the panel when it is open. Nothing where there is no switch. */
export function WireControl() {
  const wire = use(WireContext);
  return wire === undefined ? null : <WireToggle wire={wire} />;
}

function WireToggle({ wire }: { readonly wire: WireSwitch }) {
  const isOpen = useSyncExternalStore(wire.subscribe, wire.isOpen);
  const button = useRef<HTMLButtonElement>(null);
  const toggle = useCallback(() => wire.setOpen(!wire.isOpen()), [wire]);
  const close = useCallback(() => {
    wire.setOpen(false);
    button.current?.focus();
  }, [wire]);
  useWireShortcut(toggle);
  return (
    <>
      <button
        ref={button}
        type="button"
        className={classes.toggle}
        aria-expanded={isOpen}
        aria-keyshortcuts={wireShortcut.keys}
        title={`The calls of this page as they cross the wire (${wireShortcut.label})`}
        onClick={toggle}
      >
        <IconActivityHeartbeat aria-hidden size={16} stroke={1.75} />
        Wire
      </button>
      {isOpen && (
        <ErrorBoundary resetKey="" fallback={() => <WireFailure onClose={close} />}>
          <Suspense fallback={null}>
            <WireDock wire={wire} onClose={close} />
          </Suspense>
        </ErrorBoundary>
      )}
    </>
  );
}
