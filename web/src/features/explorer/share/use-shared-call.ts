import { useEffect, useState, useSyncExternalStore } from "react";
import { isSharedHash, readSharedHash, type SharedCall } from "../../../call-link/shared-call.ts";

/** What the link that was opened holds. */
export interface SharedCallState {
  /** The part of the address after the `#`, as far as it holds a call. */
  readonly hash: string;
  readonly state: "none" | "reading" | "read" | "damaged";
  readonly call: SharedCall | undefined;
}

interface Reading {
  readonly hash: string;
  readonly call: SharedCall | undefined;
}

/** The call in the address of the page; read again when another link is opened. */
export function useSharedCall(): SharedCallState {
  const address = useSyncExternalStore(subscribe, () => window.location.hash);
  const hash = isSharedHash(address) ? address : "";
  const [reading, setReading] = useState<Reading>();
  useEffect(() => {
    if (hash === "") return;
    let isLeft = false;
    void readSharedHash(hash).then((call) => {
      if (!isLeft) setReading({ hash, call });
    });
    return () => {
      isLeft = true;
    };
  }, [hash]);
  if (hash === "") return { hash, state: "none", call: undefined };
  if (reading?.hash !== hash) return { hash, state: "reading", call: undefined };
  return { hash, state: reading.call === undefined ? "damaged" : "read", call: reading.call };
}

function subscribe(listener: () => void): () => void {
  const events = ["hashchange", "popstate", "pushState", "replaceState"];
  for (const event of events) window.addEventListener(event, listener);
  return () => {
    for (const event of events) window.removeEventListener(event, listener);
  };
}
