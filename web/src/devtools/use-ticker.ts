import { use, useEffect, useReducer } from "react";
import { StreamEnvironmentContext } from "../hooks/stream-environment.ts";

const intervalMs = 250;

/** Renders again four times a second while `running`. */
export function useTicker(running: boolean): void {
  const { schedule } = use(StreamEnvironmentContext);
  const [ticks, tick] = useReducer((count: number) => count + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every tick schedules the next one.
  useEffect(() => (running ? schedule(intervalMs, tick) : undefined), [running, schedule, ticks]);
}
