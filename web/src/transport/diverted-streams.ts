import { createContext } from "react";
import type { DiversionReason } from "./stream-budget.ts";

/** A stream that goes over the WebSocket of the tab although the page is on another protocol. */
export interface DivertedStream {
  /** The name of its method, such as `WatchGreetings`. */
  readonly method: string;
  readonly reason: DiversionReason;
}

/** The streams of the page that are diverted now. */
export interface DivertedStreams {
  /** Adds one that begins; returns what removes it when it is over, safe to call more than once. */
  add(stream: DivertedStream): () => void;
  /** Those of the moment, in the order in which they began; the same array until there is a change. */
  current(): readonly DivertedStream[];
  /** Calls back after every change; returns how to stop that. */
  subscribe(listener: () => void): () => void;
}

/** Creates a list without streams. */
export function createDivertedStreams(): DivertedStreams {
  const listeners = new Set<() => void>();
  let streams: readonly DivertedStream[] = [];
  const change = (next: readonly DivertedStream[]) => {
    streams = next;
    for (const listener of listeners) listener();
  };
  return {
    add(stream) {
      const entry = { ...stream };
      change([...streams, entry]);
      return () => {
        if (streams.includes(entry)) change(streams.filter((other) => other !== entry));
      };
    },
    current: () => streams,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The diverted streams of the transport that the page uses. */
export const DivertedStreamsContext = createContext<DivertedStreams>(createDivertedStreams());
