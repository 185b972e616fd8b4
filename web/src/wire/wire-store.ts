import type { CallRecorder, Cancel } from "@triptych/rpc-web";
import { type CallRecord, createCallRecord } from "./call-record.ts";
import type { MethodRegistry } from "./method-registry.ts";
import type { WireCall } from "./wire-call.ts";
import { defaultWireLimits, type WireLimits } from "./wire-limits.ts";

/** What the panel shows. Never changes: the next state is another object. */
export interface WireState {
  /** The calls kept, in the order in which they began. */
  readonly calls: readonly WireCall[];
  readonly paused: boolean;
}

/** What has been taken down, for a page to show. */
export interface WireStore extends CallRecorder {
  readonly methods: MethodRegistry;
  /** The clock of the calls: milliseconds since 1970, with fractions. */
  now(): number;
  getState(): WireState;
  /** Calls back after every new state, at most once a frame; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /**
   * While paused the state stands still and no new call is taken down. Calls already open are still followed, so that
   * they can be shown whole afterwards.
   */
  setPaused(paused: boolean): void;
  /** Forgets every call that has ended. */
  clear(): void;
  /** Stops taking down the calls that are open. */
  leaveOpenCalls(): void;
}

/** What a store needs of what is around it. */
export interface WireStoreOptions {
  /** Milliseconds since 1970, with fractions. */
  readonly now: () => number;
  readonly onFrame: (run: () => void) => Cancel;
  readonly methods: MethodRegistry;
  readonly limits?: WireLimits;
}

/** A store without calls. Of more than the limits allow, the calls that ended first are forgotten, then the oldest. */
export function createWireStore({ now, onFrame, methods, limits = defaultWireLimits }: WireStoreOptions): WireStore {
  const listeners = new Set<() => void>();
  let records: CallRecord[] = [];
  let lastId = 0;
  let state: WireState = { calls: [], paused: false };
  let cancelFrame: Cancel | undefined;

  const publish = (next: WireState) => {
    cancelFrame?.();
    cancelFrame = undefined;
    state = next;
    for (const listener of listeners) listener();
  };
  const shown = () => records.map((record) => record.snapshot());
  const onChange = () => {
    forgetSome();
    if (!state.paused) cancelFrame ??= onFrame(() => publish({ ...state, calls: shown() }));
  };
  const forgetSome = () => {
    let bytes = records.reduce((sum, record) => sum + record.keptBytes(), 0);
    while (records.length > 1 && (records.length > limits.calls || bytes > limits.totalBytes)) {
      const others = records.slice(0, -1);
      const oldest = others.find((record) => !record.isOpen()) ?? others[0];
      bytes -= oldest?.keptBytes() ?? 0;
      records = records.filter((record) => record !== oldest);
    }
  };

  return {
    methods,
    now,
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    callStarted(start) {
      if (state.paused) return undefined;
      lastId += 1;
      const record = createCallRecord(start, { id: lastId, now, limits, methods, onChange });
      records.push(record);
      onChange();
      return record;
    },
    setPaused: (paused) => publish(paused ? { ...state, paused } : { calls: shown(), paused }),
    clear() {
      records = records.filter((record) => record.isOpen());
      publish({ ...state, calls: shown() });
    },
    leaveOpenCalls() {
      for (const record of records) record.leave();
    },
  };
}
