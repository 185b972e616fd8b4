import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import type { Harness } from "../harness.ts";
import { fanOut } from "../loads/fan-out.ts";
import { joinWatchers, openWatchers } from "../loads/watchers.ts";
import type { Row, Subject } from "../row.ts";
import { noPostgres, openReplicas } from "../servers/app-on-postgres.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { oneAndTwo } from "../subjects/one-and-two.ts";

const STREAMS = 10_000;
const SMOKE_STREAMS = 200;
const STREAMS_EACH = 100;

const watch = grpcCall(GreeterService.method.watchGreetings, {});
const event = grpcCall(GreeterService.method.sayHello, { name: "Ada" });

/** One greeting to everyone who watches, wherever they do. */
export const replicaWatchers: Row = oneAndTwo({
  name: "replica-watchers",
  title: `one event to ${STREAMS.toLocaleString("en")} watching streams, at two replicas and at one`,
  counted: "deliveries",
  one: subject("one server", 1),
  two: subject("two replicas", 2),
});

/** Streams that are spread over so many replicas; the events are made at the first. */
function subject(name: string, count: number): Subject {
  return {
    name,
    whyNot: () => noPostgres,
    async open(harness) {
      const replicas = await openReplicas(harness, count);
      const streams = harness.settings.smoke ? SMOKE_STREAMS : STREAMS;
      const watchers = joinWatchers(await Promise.all(replicas.map((each) => openAt(harness, each, streams / count))));
      const [first] = replicas;
      return {
        server: { ...first, processorSeconds: () => processorSecondsOf(replicas) },
        sample: (seconds) => fanOut(first, event, watchers, streams, seconds),
      };
    },
  };
}

async function openAt({ defer }: Harness, server: RunningServer, streams: number) {
  const watchers = await openWatchers(server, watch, streams / STREAMS_EACH);
  defer(() => watchers.close());
  await watchers.open(STREAMS_EACH);
  return watchers;
}

function processorSecondsOf(servers: readonly RunningServer[]): number | undefined {
  const seconds = servers.map((server) => server.processorSeconds());
  return seconds.every((each) => each !== undefined) ? seconds.reduce((sum, each) => sum + each, 0) : undefined;
}
