import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import { fanOut as runFanOut } from "../loads/fan-out.ts";
import { openWatchers } from "../loads/watchers.ts";
import type { Row, Subject } from "../row.ts";
import { bare, connectNodeHttp2, grpcJs } from "../servers/all-servers.ts";
import { app } from "../servers/app.ts";
import type { ServerSpec } from "../servers/server-spec.ts";

const STREAMS = 1_000;
const SMOKE_STREAMS = 100;
const CONNECTIONS = 10;

const watch = grpcCall(GreeterService.method.watchGreetings, {});
const event = grpcCall(GreeterService.method.sayHello, { name: "Ada" });

/** One greeting to everyone who watches. */
export const fanOut: Row = {
  name: "fan-out",
  title: `one event to ${STREAMS.toLocaleString("en")} watching streams, gRPC over h2c`,
  unit: "deliveries/s",
  subjects: [app, bare, grpcJs, connectNodeHttp2].map(subject),
  targets: [{ of: "app", per: "connect-node", bound: "≥", value: 15 }],
};

function subject(spec: ServerSpec): Subject {
  return {
    name: spec.name,
    server: spec,
    async open(harness) {
      const streams = harness.settings.smoke ? SMOKE_STREAMS : STREAMS;
      const server = await harness.freshServer(spec);
      const watchers = await openWatchers(server, watch, CONNECTIONS);
      harness.defer(() => watchers.close());
      await watchers.open(streams / CONNECTIONS);
      return { server, sample: (seconds) => runFanOut(server, event, watchers, streams, seconds) };
    },
  };
}
