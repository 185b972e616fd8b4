import { Skeleton } from "@mantine/core";
import { LiveStatus } from "../../components/live-status.tsx";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { IsolatedNames } from "../../text/isolated-names.tsx";
import classes from "./glimpse.module.css";
import type { LatestGreetings } from "./use-latest-greetings.ts";

/** The latest greetings made by anyone, as they are made, the newest first. */
export function GreetingWall({ greetings: { state, data, retry } }: { readonly greetings: LatestGreetings }) {
  const waiting = state.kind === "connecting" || state.kind === "reconnecting";
  return (
    <>
      {data.length === 0 && waiting && <Skeleton className={classes.row} height="3.6rem" />}
      {data.length === 0 && state.kind === "live" && <p className={classes.greeting}>Nobody has been greeted yet.</p>}
      {state.kind === "failed" && <ErrorNotice error={state.error} withoutDetail />}
      <div role="log" aria-label="Latest greetings">
        {data.toReversed().map((greeting) => (
          <p key={String(greeting.sequence)} className={classes.greeting} lang={greeting.language} dir="auto">
            <IsolatedNames text={greeting.message} names={[greeting.name]} />
          </p>
        ))}
      </div>
      <p className={classes.small}>
        <LiveStatus state={state} onRetry={retry} />
      </p>
    </>
  );
}
