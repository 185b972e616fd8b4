import { durationFromMs } from "@bufbuild/protobuf/wkt";
import { GreeterService, type StreamGreetingsResponse } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { useCallback, useContext, useMemo, useState } from "react";
import { StreamEnvironmentContext } from "../../hooks/stream-environment.ts";
import { type CollectedStream, useCollectedStream } from "../../hooks/use-collected-stream.ts";
import { useServiceClient } from "../../transport/use-service-client.ts";
import type { GreetingForm } from "./greeting-form.ts";
import type { Refusal } from "./refusal.ts";
import type { StreamSettings } from "./stream-settings.ts";

/** A streamed greeting and when it came, in milliseconds since 1970. */
export interface StreamedGreeting {
  readonly greeting: StreamGreetingsResponse;
  readonly at: number;
}

/** Enough for the rate over five seconds of the shortest interval. */
const kept = 500;

/** A stream of greetings that a person starts and stops. */
export interface GreetingStream extends Pick<CollectedStream<StreamedGreeting>, "state" | "items" | "total" | "stop"> {
  readonly start: (form: GreetingForm, settings: StreamSettings) => void;
  /** Why the latest stream failed, and what it was started with, by the names of the request's fields. */
  readonly refusal: Refusal | undefined;
}

/** Streams greetings, one stream at a time. The call is cancelled when it is stopped, on unmount and with the protocol. */
export function useGreetingStream(): GreetingStream {
  const client = useServiceClient(GreeterService);
  const { now } = useContext(StreamEnvironmentContext);
  const { state, items, total, start: startCollecting, stop } = useCollectedStream<StreamedGreeting>(kept);
  const [sent, setSent] = useState<Refusal["sent"]>({});

  const start = useCallback(
    (form: GreetingForm, { intervalMs, count }: StreamSettings) => {
      setSent({ ...form, interval: intervalMs, count });
      const request = { ...form, interval: durationFromMs(intervalMs), count };
      startCollecting((signal) => withArrivals(client.streamGreetings(request, { signal }), now));
    },
    [client, now, startCollecting],
  );
  const error = state.kind === "failed" ? state.error : undefined;
  const refusal = useMemo(() => (error === undefined ? undefined : { error, sent }), [error, sent]);
  return { state, items, total, start, stop, refusal };
}

async function* withArrivals(
  greetings: AsyncIterable<StreamGreetingsResponse>,
  now: () => number,
): AsyncGenerator<StreamedGreeting> {
  for await (const greeting of greetings) yield { greeting, at: now() };
}
