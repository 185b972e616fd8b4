import { useContext, useEffect, useRef, useState } from "react";
import { StreamEnvironmentContext } from "../../../hooks/stream-environment.ts";
import { keptForVisits } from "../../../storage/kept-storage.ts";
import { emptyNotebook, type Notebook } from "./notebook.ts";
import { readHash, readSharedHash, sharedHash } from "./notebook-link.ts";

const key = "triptych-notebook";
/** How long writing must rest before it is kept, in milliseconds. */
const rest = 300;

/**
 * The notebook, and how to change it. One that came with a link is kept in the address of the page, so that it never takes the place of a
 * person's own, which is kept in the browser: once writing rests, and at the latest when the page is left.
 *
 * @param openedHash the part of the address after the `#` with which it was opened
 * @param onWrite puts another in its place
 */
export function useKeptNotebook(
  openedHash: string,
  onWrite: (hash: string) => void,
): readonly [Notebook, (change: Partial<Notebook>) => void] {
  const { schedule } = useContext(StreamEnvironmentContext);
  const [shared] = useState(() => readSharedHash(openedHash));
  const [notebook, setNotebook] = useState(() => shared ?? readHash(keptForVisits.getItem(key) ?? ""));
  const pending = useRef<() => void>(undefined);
  useEffect(() => {
    if (notebook === undefined || notebook === shared) return;
    const keep = () => {
      const hash = sharedHash(notebook);
      if (shared === undefined) keptForVisits.setItem(key, hash);
      else onWrite(hash);
    };
    // The address is another page's once this one is left.
    pending.current = shared === undefined ? keep : undefined;
    return schedule(rest, () => {
      pending.current = undefined;
      keep();
    });
  }, [notebook, shared, onWrite, schedule]);
  useEffect(() => {
    const keepNow = () => {
      pending.current?.();
      pending.current = undefined;
    };
    window.addEventListener("pagehide", keepNow);
    return () => {
      window.removeEventListener("pagehide", keepNow);
      keepNow();
    };
  }, []);
  const change = (part: Partial<Notebook>) => setNotebook((last) => ({ ...(last ?? emptyNotebook), ...part }));
  return [notebook ?? emptyNotebook, change];
}
