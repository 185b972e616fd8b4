import { useEffect, useState } from "react";

/** A list that is read from its start, a page at a time. */
export interface PagedList {
  /** How many items have been read. */
  readonly length: number;
  /** Whether more can be read now. */
  readonly canRead: boolean;
  /** Reads the next page. */
  readonly read: () => void;
}

// So many items before they are seen, so that scrolling seldom meets one that is not there.
const ahead = 24;

/** Reads on until there is what is seen and a little more. Returns whom to tell how far the items are seen. */
export function useReach({ length, canRead, read }: PagedList): (end: number) => void {
  const [reached, reach] = useState(0);
  const behind = length < reached + ahead;
  useEffect(() => {
    if (canRead && behind) read();
  }, [canRead, behind, read]);
  return reach;
}
