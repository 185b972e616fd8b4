import { useContext, useEffect, useReducer } from "react";
import { StreamEnvironmentContext } from "./stream-environment.ts";

/** The whole seconds left until a time (milliseconds since 1970), rounded up, counting down; undefined without a time. */
export function useSecondsUntil(time: number | undefined): number | undefined {
  const { now, schedule } = useContext(StreamEnvironmentContext);
  const [tick, next] = useReducer((last: number) => last + 1, 0);
  const left = time === undefined ? 0 : Math.max(0, time - now());
  // biome-ignore lint/correctness/useExhaustiveDependencies: every tick schedules the next one.
  useEffect(() => {
    if (left <= 0) return;
    return schedule(left % 1_000 || 1_000, next);
  }, [time, tick, schedule]);
  return time === undefined ? undefined : Math.ceil(left / 1_000);
}
