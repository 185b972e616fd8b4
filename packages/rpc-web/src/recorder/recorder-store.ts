import { browserEnvironment } from "../environment/browser-environment.ts";
import type { Cancel, StreamEnvironment } from "../environment/stream-environment.ts";
import type { CallRecorder } from "./call-recorder.ts";
import { createCallRing } from "./call-ring.ts";
import type { MethodRegistry } from "./method-registry.ts";
import { recordCall } from "./record-call.ts";
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
  /** The state: while nobody subscribes, made when it is asked for. */
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

/**
 * A store without calls, which may always record: while nobody subscribes it keeps bytes and does nothing else. Of more than the limits allow, the oldest goes
 * first: calls by when they ended, the frames of open ones by when they crossed.
 */
export function createRecorderStore({
  methods,
  limits = defaultRecorderLimits,
  environment = browserEnvironment,
}: RecorderStoreOptions): RecorderStore {
  const { now, onFrame } = environment;
  const listeners = new Set<() => void>();
  const ring = createCallRing(limits);
  let lastId = 0;
  let state: RecorderState = { calls: [], paused: false };
  let isStale = false;
  let cancelFrame: Cancel | undefined;

  const publish = (paused: boolean) => {
    cancelFrame?.();
    cancelFrame = undefined;
    isStale = false;
    state = { calls: ring.records().map((record) => record.snapshot()), paused };
    for (const listener of listeners) listener();
  };
  const onChange = () => {
    if (state.paused) return;
    isStale = true;
    if (listeners.size > 0) cancelFrame ??= onFrame(() => publish(false));
  };

  return {
    methods,
    now,
    getState() {
      if (isStale && listeners.size === 0) publish(false);
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      if (isStale) onChange();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || state.paused) return;
        cancelFrame?.();
        cancelFrame = undefined;
        // What was shown is let go, so that no more is kept than the ring has.
        state = { calls: [], paused: false };
        isStale = true;
      };
    },
    callStarted(start) {
      if (state.paused) return undefined;
      lastId += 1;
      const record = recordCall(start, {
        id: lastId,
        now,
        limits,
        methods,
        onChange(changed) {
          ring.changed(changed);
          onChange();
        },
      });
      ring.add(record);
      onChange();
      return record;
    },
    setPaused: publish,
    clear() {
      for (const record of ring.records()) if (!record.isOpen()) ring.forget(record);
      publish(state.paused);
    },
  };
}
