import { useEffect, useEffectEvent } from "react";

/**
 * Asks for the ratings again whenever the live list says that something was rated: by its sequence number, which also tells
 * what happened while the stream was away.
 */
export function useFreshRatings(sequence: bigint | undefined, refetch: () => void): void {
  const ask = useEffectEvent(refetch);
  useEffect(() => {
    if (sequence !== undefined) ask();
  }, [sequence]);
}
