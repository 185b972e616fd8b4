import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import { underHttp2Load } from "../contenders/under-load.ts";
import type { Lab } from "../lab.ts";
import { callOnceHttp2 } from "../loads/call-once-http2.ts";
import { pacedLoad } from "../loads/paced-load.ts";
import type { Contender, Row } from "../row.ts";
import { bare, grpcJs } from "../servers/all-servers.ts";
import { app } from "../servers/app.ts";
import type { ServerSpec } from "../servers/server-spec.ts";
import { quantile } from "../statistics.ts";

const CONNECTIONS = 4;
/** How long the peak of the peer is looked for, and warmed up for, in seconds. */
const PEAK_SECONDS = 3;
const SMOKE_PEAK_SECONDS = 0.2;

const call = grpcCall(GreeterService.method.sayHello, { name: "Ada" });
const peakOfPeer = underHttp2Load(grpcJs, { call, crowd: { connections: CONNECTIONS, callsEach: 25 } });

/** How long a call takes for the slowest of a hundred, while there is about half as much to do as the peer can. */
export const latency: Row = {
  name: "latency",
  title: "gRPC unary, p99 of the latency at half the peak rate of grpc-js",
  unit: "ms",
  contenders: [bare, app, grpcJs].map(contender),
  targets: [
    { of: "bare", per: "grpc-js", bound: "≤", value: 0.5 },
    { of: "app", per: "grpc-js", bound: "≤", value: 0.8 },
  ],
};

function contender(spec: ServerSpec): Contender {
  return {
    name: spec.name,
    server: spec,
    async open(lab) {
      const rate = (await peakRate(lab)) / 2;
      const server = await lab.server(spec);
      await callOnceHttp2(server, call);
      return {
        server,
        sample: async (seconds) => quantile(await pacedLoad(server, call, CONNECTIONS, rate, seconds), 0.99),
      };
    },
  };
}

const rates = new WeakMap<Lab, Promise<number>>();

/** The calls a second that the peer answers at its best, looked for once for all. */
function peakRate(lab: Lab): Promise<number> {
  const rate = rates.get(lab) ?? findPeakRate(lab);
  rates.set(lab, rate);
  return rate;
}

async function findPeakRate(lab: Lab): Promise<number> {
  const seconds = lab.settings.smoke ? SMOKE_PEAK_SECONDS : PEAK_SECONDS;
  const { sample } = await peakOfPeer.open(lab);
  await sample(seconds);
  return sample(seconds);
}
