import { createContext } from "react";

/** The calls of the page that wait to be made again, since the server is busy. */
export interface WaitingCalls {
  /** Adds one that waits until a time, in milliseconds of the clock of the page; returns what removes it when it no longer does. */
  add(until: number): () => void;
  /** When the last of them is made again; undefined where none waits. */
  until(): number | undefined;
  /** Calls back after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
}

/** None yet. */
export function createWaitingCalls(): WaitingCalls {
  const waiting = new Map<symbol, number>();
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  return {
    add(until) {
      const call = Symbol();
      waiting.set(call, until);
      notify();
      return () => {
        waiting.delete(call);
        notify();
      };
    },
    until: () => (waiting.size === 0 ? undefined : Math.max(...waiting.values())),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Those of the page. */
export const WaitingCallsContext = createContext(createWaitingCalls());
