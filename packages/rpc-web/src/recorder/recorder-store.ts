import { browserEnvironment } from "../environment/browser-environment.ts";
import type { Cancel, StreamEnvironment } from "../environment/stream-environment.ts";
import type { CallRecorder } from "./call-recorder.ts";
import type { MethodRegistry } from "./method-registry.ts";
import { type CallRecord, recordCall } from "./record-call.ts";
import type { RecordedCall } from "./recorded-call.ts";
import { defaultRecorderLimits, type RecorderLimits } from "./recorder-limits.ts";

/** What has been recorded so far. Never changes: the next state is another object. */
export interface RecorderState {
  /** The calls kept, in the order in which they began. */
  readonly calls: readonly RecordedCall[];
  readonly paused: boolean;
}

/** What has been recorded, for a page to show. */
export interface RecorderStore extends CallRecorder {
  readonly methods: MethodRegistry;
  /** The clock of the calls: milliseconds since 1970, with fractions. */
  now(): number;
  getState(): RecorderState;
  /** Calls back after every new state, at most once a frame; returns how to stop that. */
  subscribe(listener: () => void): () => void;
  /**
   * While paused the state stands still and no new call is recorded. Calls already open are still followed, so that
   * they can be shown whole afterwards.
   */
  setPaused(paused: boolean): void;
  /** Forgets every call that has ended. */
  clear(): void;
  /** Stops recording the calls that are open. */
  leaveOpenCalls(): void;
}

/** What a store works with. */
export interface RecorderStoreOptions {
  /** Knows the methods and messages of the calls, to decode their frames. */
  readonly methods: MethodRegistry;
  /** How much is kept; `defaultRecorderLimits` where absent. */
  readonly limits?: RecorderLimits;
  /** Its clock and its frames; the browser's own where absent. */
  readonly environment?: Pick<StreamEnvironment, "now" | "onFrame">;
}

/** A store without calls. Of more than the limits allow, the calls that ended first are forgotten, then the oldest. */
export function createRecorderStore({
  methods,
  limits = defaultRecorderLimits,
  environment = browserEnvironment,
}: RecorderStoreOptions): RecorderStore {
  const { now, onFrame } = environment;
  const listeners = new Set<() => void>();
  let records: CallRecord[] = [];
  let lastId = 0;
  let state: RecorderState = { calls: [], paused: false };
  let cancelFrame: Cancel | undefined;

  const publish = (next: RecorderState) => {
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
      const record = recordCall(start, { id: lastId, now, limits, methods, onChange });
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
