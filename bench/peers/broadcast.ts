import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampNow } from "@bufbuild/protobuf/wkt";
import {
  GreetingSchema,
  Protocol,
  type WatchGreetingsResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";

/** A greeting as those who watch get it. */
type WatchedGreeting = MessageInitShape<typeof GreetingSchema>;

/** Brings every greeting to all that watch, in memory and by the shortest way. */
export interface Broadcast {
  /** Sends the greeting of someone to all. */
  publish(name: string): void;
  /** Calls back for each greeting from now on, until the function that is returned is called. */
  watch(onGreeting: (greeting: WatchedGreeting) => void): () => void;
}

/** Creates a broadcast that nobody watches. */
export function createBroadcast(): Broadcast {
  const watchers = new Set<(greeting: WatchedGreeting) => void>();
  let sequence = 0n;
  return {
    publish(name) {
      if (watchers.size === 0) return;
      sequence++;
      const greeting = create(GreetingSchema, {
        sequence,
        name,
        language: "en",
        message: `Hello ${name}`,
        protocol: Protocol.GRPC,
        method: "triptych.greeter.v1.GreeterService/SayHello",
        time: timestampNow(),
      });
      for (const watcher of watchers) watcher(greeting);
    },
    watch(onGreeting) {
      watchers.add(onGreeting);
      return () => watchers.delete(onGreeting);
    },
  };
}

/** What watching a broadcast brings: a position first, then each greeting, until the signal is aborted. */
export async function* followBroadcast(
  broadcast: Broadcast,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchGreetingsResponseSchema>> {
  const waiting: WatchedGreeting[] = [];
  let wake: () => void = () => undefined;
  const leave = broadcast.watch((greeting) => {
    waiting.push(greeting);
    wake();
  });
  signal.addEventListener("abort", () => wake());
  try {
    yield { update: { case: "position", value: {} } };
    while (!signal.aborted) {
      const value = waiting.shift();
      if (value !== undefined) yield { update: { case: "greeting", value } };
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    leave();
  }
}
