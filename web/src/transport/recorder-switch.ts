import type { RecorderSource, RecorderStore } from "@triptych/rpc-web";
import type { KeptStorage } from "../storage/kept-storage.ts";
import { type CalledServices, createCalledServices } from "./called-services.ts";

/** Whether the wire panel is open, and what records the calls of the page, which it does always. */
export interface RecorderSwitch {
  /** The services that calls were made to. */
  readonly called: CalledServices;
  /** What records calls made now, or what will in a moment; undefined where its code cannot be loaded. */
  readonly recorder: RecorderSource;
  isOpen(): boolean;
  setOpen(open: boolean): void;
  /** Calls back after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /** What has been recorded, in memory, while the page lives. The same promise every time, also where it rejects, until the panel is opened after that. */
  store(): Promise<RecorderStore>;
}

const key = "triptych-wire";

/**
 * The switch of the wire panel, which remembers in the storage whether it is open. The store is loaded from now on, beside the code of the
 * protocol that calls wait for anyway, and they wait for it, too, for a moment: none of them is missed. Where it cannot be loaded, they go on without being recorded, until the
 * panel is opened and it is loaded again.
 */
export function createRecorderSwitch(
  storage: Pick<KeptStorage, "getItem" | "setItem">,
  load: (called: CalledServices) => Promise<RecorderStore>,
): RecorderSwitch {
  const called = createCalledServices();
  const listeners = new Set<() => void>();
  let open = storage.getItem(key) === "open";
  let hasFailed = false;
  let recorder: ReturnType<RecorderSource>;
  const begin = () => {
    const begun = load(called);
    hasFailed = false;
    // Who opens the panel hears of a failure.
    recorder = begun.then(
      (loaded) => {
        recorder = loaded;
        return loaded;
      },
      () => {
        hasFailed = true;
        recorder = undefined;
        return undefined;
      },
    );
    return begun;
  };
  let loading = begin();
  return {
    called,
    recorder: () => recorder,
    isOpen: () => open,
    setOpen(next) {
      if (next === open) return;
      open = next;
      // Not when it is asked for: a panel asks each time that it is rendered, and would never hear of a failure.
      if (open && hasFailed) loading = begin();
      storage.setItem(key, open ? "open" : "closed");
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    store: () => loading,
  };
}
