import { useContext, useEffect, useReducer } from "react";
import { StreamEnvironmentContext } from "../hooks/stream-environment.ts";
import { agoText } from "./ago-text.ts";

/** How long ago something happened, kept up to date, with the full date and time on hover. */
export function RelativeTime({ time }: { readonly time: Date }) {
  const { now, schedule } = useContext(StreamEnvironmentContext);
  const [tick, next] = useReducer((last: number) => last + 1, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every tick schedules the next one.
  useEffect(() => schedule(now() - time.getTime() < 60_000 ? 5_000 : 30_000, next), [now, schedule, time, tick]);
  return (
    <time dateTime={time.toISOString()} title={time.toLocaleString()}>
      {agoText(time, now())}
    </time>
  );
}
