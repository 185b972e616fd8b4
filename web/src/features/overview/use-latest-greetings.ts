import {
  GreeterService,
  type Greeting,
  type WatchGreetingsResponse,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { LiveStreamResult } from "@triptych/rpc-web/react";
import { appendBounded } from "../../hooks/append-bounded.ts";
import { useLiveStream } from "../../hooks/use-live-stream.ts";
import { useServiceClient } from "../../transport/use-service-client.ts";

const shown = 3;

/** The latest greetings made by anyone, as they are made. */
export type LatestGreetings = LiveStreamResult<readonly Greeting[]>;

/** Follows the latest greetings made by anyone, the newest last. */
export function useLatestGreetings(): LatestGreetings {
  const client = useServiceClient(GreeterService);
  return useLiveStream<WatchGreetingsResponse, readonly Greeting[]>({
    streamKey: "the latest greetings",
    open: (signal, afterSequence, logId) =>
      client.watchGreetings(afterSequence === undefined ? { recent: shown } : { afterSequence, logId }, { signal }),
    sequenceOf: ({ update }) => update.value?.sequence,
    logIdOf: ({ update }) => (update.case === "position" ? update.value.logId : undefined),
    initial: [],
    reduce: (greetings, messages) => appendBounded(greetings, messages.flatMap(greetingsIn), shown),
  });
}

function greetingsIn({ update }: WatchGreetingsResponse): Greeting[] {
  return update.case === "greeting" ? [update.value] : [];
}
