import { useSyncExternalStore } from "react";

/** The part of the page's address after the `#`, with the `#`; empty where there is none. */
export function useHash(): string {
  return useSyncExternalStore(subscribe, () => window.location.hash);
}

// The last two are wouter's, for what the page does to its own address.
const events = ["hashchange", "popstate", "pushState", "replaceState"];

function subscribe(listener: () => void): () => void {
  for (const event of events) window.addEventListener(event, listener);
  return () => {
    for (const event of events) window.removeEventListener(event, listener);
  };
}
