import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import type { Harness } from "../harness.ts";
import { callOnceHttp2 } from "../loads/call-once-http2.ts";
import { pacedLoad } from "../loads/paced-load.ts";
import type { Row, Subject } from "../row.ts";
import { bare, grpcJs } from "../servers/all-servers.ts";
import { app } from "../servers/app.ts";
import type { ServerSpec } from "../servers/server-spec.ts";
import { quantile } from "../statistics.ts";
import { underHttp2Load } from "../subjects/under-load.ts";

const CONNECTIONS = 4;
/** How long the peak of the peer is looked for, and warmed up for, in seconds. */
const PEAK_SECONDS = 3;
const SMOKE_PEAK_SECONDS = 0.2;

const call = grpcCall(GreeterService.method.sayHello, { name: "Ada" });
const peakOfPeer = underHttp2Load(grpcJs, { call, concurrency: { connections: CONNECTIONS, callsEach: 25 } });

/** How long a call takes for the slowest of a hundred, while there is about half as much to do as the peer can. */
export const latency: Row = {
  name: "latency",
  title: "gRPC unary, p99 of the latency at half the peak rate of grpc-js",
  unit: "ms",
  subjects: [bare, app, grpcJs].map(subject),
  targets: [
    { of: "bare", per: "grpc-js", bound: "≤", value: 0.5 },
    { of: "app", per: "grpc-js", bound: "≤", value: 0.8 },
  ],
};

function subject(spec: ServerSpec): Subject {
  return {
    name: spec.name,
    server: spec,
    async open(harness) {
      const rate = (await peakRate(harness)) / 2;
      const server = await harness.server(spec);
      await callOnceHttp2(server, call);
      return {
        server,
        sample: async (seconds) => quantile(await pacedLoad(server, call, CONNECTIONS, rate, seconds), 0.99),
      };
    },
  };
}

const rates = new WeakMap<Harness, Promise<number>>();

/** The calls a second that the peer answers at its best, looked for once for all. */
function peakRate(harness: Harness): Promise<number> {
  const rate = rates.get(harness) ?? findPeakRate(harness);
  rates.set(harness, rate);
  return rate;
}

async function findPeakRate(harness: Harness): Promise<number> {
  const seconds = harness.settings.smoke ? SMOKE_PEAK_SECONDS : PEAK_SECONDS;
  const { sample } = await peakOfPeer.open(harness);
  await sample(seconds);
  return sample(seconds);
}
