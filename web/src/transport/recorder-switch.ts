import type { RecorderSource, RecorderStore } from "@triptych/rpc-web";
import type { KeptStorage } from "../storage/kept-storage.ts";
import { type CalledServices, createCalledServices } from "./called-services.ts";

/** Whether the wire panel is open. Calls are recorded only while it is. */
export interface RecorderSwitch {
  /** The services that calls were made to. */
  readonly called: CalledServices;
  /** What records calls made now, or what will in a moment; undefined while the panel is closed. */
  readonly recorder: RecorderSource;
  isOpen(): boolean;
  setOpen(open: boolean): void;
  /** Calls back after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /** What has been recorded, kept while the page lives. Loaded when first asked for, or first opened. */
  store(): Promise<RecorderStore>;
}

const key = "triptych-wire";

/**
 * The switch of the wire panel. It remembers in the storage whether it is open, so that a page loaded again records
 * its calls from the first: they wait until the store is loaded. A store that cannot be loaded records nothing.
 */
export function createRecorderSwitch(
  storage: Pick<KeptStorage, "getItem" | "setItem">,
  load: (called: CalledServices) => Promise<RecorderStore>,
): RecorderSwitch {
  const called = createCalledServices();
  const listeners = new Set<() => void>();
  let open = storage.getItem(key) === "open";
  let loading: Promise<RecorderStore> | undefined;
  let recorder: ReturnType<RecorderSource>;
  const store = () => {
    loading ??= load(called);
    return loading;
  };
  const begin = () => {
    const begun = store().then(
      (loaded) => {
        if (recorder === begun) recorder = loaded;
        return loaded;
      },
      () => {
        loading = undefined;
        if (recorder === begun) recorder = undefined;
        return undefined;
      },
    );
    recorder = begun;
  };
  const stop = () => {
    recorder = undefined;
    void loading?.then(
      (loaded) => {
        if (!open) loaded.leaveOpenCalls();
      },
      () => {},
    );
  };
  if (open) begin();
  return {
    called,
    recorder: () => recorder,
    isOpen: () => open,
    setOpen(next) {
      if (next === open) return;
      open = next;
      storage.setItem(key, open ? "open" : "closed");
      if (open) begin();
      else stop();
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    store,
  };
}
