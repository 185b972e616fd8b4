import { Skeleton } from "@mantine/core";
import {
  GreeterService,
  type Greeting,
  type WatchGreetingsResponse,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { LiveStatus } from "../../components/live-status.tsx";
import { useLiveStream } from "../../hooks/use-live-stream.ts";
import { useServiceClient } from "../../transport/use-service-client.ts";
import classes from "./glimpse.module.css";

/** The latest greeting made by anyone, as it is made. */
export function GreeterGlimpse() {
  const client = useServiceClient(GreeterService);
  const { state, data, retry } = useLiveStream<WatchGreetingsResponse, Greeting | undefined>({
    streamKey: "the latest greeting",
    open: (signal, afterSequence) =>
      client.watchGreetings(afterSequence === undefined ? { recent: 1 } : { afterSequence }, { signal }),
    sequenceOf: ({ update }) => update.value?.sequence,
    initial: undefined,
    reduce: latestGreeting,
  });
  return (
    <>
      <p className={classes.line}>Every greeting made on this server, by anyone, as it happens.</p>
      {data === undefined && state.kind === "connecting" ? (
        <Skeleton height="3.8rem" />
      ) : (
        <p className={classes.greeting}>
          <span className={classes.words} lang={data?.language} dir="auto">
            {data?.message ?? "Nobody has been greeted yet."}
          </span>
        </p>
      )}
      <p className={classes.small}>
        <LiveStatus state={state} onRetry={retry} />
      </p>
    </>
  );
}

function latestGreeting(last: Greeting | undefined, messages: readonly WatchGreetingsResponse[]): Greeting | undefined {
  const greeting = messages.findLast(({ update }) => update.case === "greeting")?.update;
  return greeting?.case === "greeting" ? greeting.value : last;
}
