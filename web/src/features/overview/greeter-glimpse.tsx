import { Skeleton } from "@mantine/core";
import {
  GreeterService,
  type Greeting,
  type WatchGreetingsResponse,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { LiveStatus } from "../../components/live-status.tsx";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { appendBounded } from "../../hooks/append-bounded.ts";
import { useLiveStream } from "../../hooks/use-live-stream.ts";
import { IsolatedNames } from "../../text/isolated-names.tsx";
import { useServiceClient } from "../../transport/use-service-client.ts";
import classes from "./glimpse.module.css";

const shown = 3;

/** The latest greetings made by anyone, as they are made. */
export function GreeterGlimpse() {
  const client = useServiceClient(GreeterService);
  const { state, data, retry } = useLiveStream<WatchGreetingsResponse, readonly Greeting[]>({
    streamKey: "the latest greetings",
    open: (signal, afterSequence) =>
      client.watchGreetings(afterSequence === undefined ? { recent: shown } : { afterSequence }, { signal }),
    sequenceOf: ({ update }) => update.value?.sequence,
    initial: [],
    reduce: (greetings, messages) => appendBounded(greetings, messages.flatMap(greetingsIn), shown),
  });
  const waiting = state.kind === "connecting" || state.kind === "reconnecting";
  return (
    <>
      <p className={classes.line}>Every greeting made on this server, by anyone, as it happens.</p>
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

function greetingsIn({ update }: WatchGreetingsResponse): Greeting[] {
  return update.case === "greeting" ? [update.value] : [];
}
