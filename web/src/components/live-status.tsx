import { Button } from "@mantine/core";
import type { LiveStreamState } from "@triptych/rpc-web/react";
import { useSecondsUntil } from "../hooks/use-seconds-until.ts";
import classes from "./live-status.module.css";

/** What to show of a live stream. */
export interface LiveStatusProps {
  readonly state: LiveStreamState;
  /** Opens the stream again now, on a button while it is not open; `retry` of `useLiveStream`. */
  readonly onRetry?: () => void;
}

/** How a live stream is doing, in a word or two. A change is announced; the seconds counting down are not. */
export function LiveStatus({ state, onRetry }: LiveStatusProps) {
  const seconds = useSecondsUntil(state.kind === "reconnecting" ? state.retryAt : undefined);
  // The same word as between the attempts: it would be announced again with each.
  const isTryingAgain = state.kind === "connecting" && state.failures > 0;
  const offersRetry = state.kind === "reconnecting" || state.kind === "ended" || state.kind === "failed";
  return (
    <span className={classes.line}>
      <span role="status" className={classes.status} data-state={state.kind}>
        <span className={classes.dot} aria-hidden />
        {isTryingAgain ? "reconnecting…" : words[state.kind]}
        {seconds !== undefined && <span aria-hidden> in {seconds} s</span>}
      </span>
      {offersRetry && onRetry !== undefined && (
        <Button size="compact-xs" variant="default" onClick={onRetry}>
          {state.kind === "reconnecting" ? "Now" : "Open again"}
        </Button>
      )}
    </span>
  );
}

const words: Readonly<Record<LiveStreamState["kind"], string>> = {
  idle: "off",
  paused: "paused",
  connecting: "connecting…",
  live: "live",
  reconnecting: "reconnecting",
  ended: "ended",
  failed: "failed",
};
