import { use, useSyncExternalStore } from "react";
import { useSecondsUntil } from "../hooks/use-seconds-until.ts";
import { WaitingCallsContext } from "../transport/waiting-calls.ts";
import classes from "./notice-card.module.css";

/** Says, as long as calls wait for a server that is busy, when they are made again. */
export function BusyCard() {
  const { subscribe, until } = use(WaitingCallsContext);
  const seconds = useSecondsUntil(useSyncExternalStore(subscribe, until, until));
  if (seconds === undefined) return null;
  return (
    <div className={classes.card}>
      <p className={classes.text}>
        {/* Read out once, and not with each second. */}
        <span aria-live="off">The server is busy. Trying again in {Math.max(1, seconds)} s.</span>
      </p>
    </div>
  );
}
