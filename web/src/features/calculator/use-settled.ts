import { useContext, useEffect, useState } from "react";
import { StreamEnvironmentContext } from "../../hooks/stream-environment.ts";

/** The value once it has not changed for so many milliseconds; until then the one before. */
export function useSettled<T>(value: T, ms: number): T {
  const { schedule } = useContext(StreamEnvironmentContext);
  const [settled, setSettled] = useState(value);
  useEffect(
    () => (Object.is(value, settled) ? undefined : schedule(ms, () => setSettled(value))),
    [value, settled, ms, schedule],
  );
  return settled;
}
