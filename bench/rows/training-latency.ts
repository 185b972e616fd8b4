import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import type { Harness } from "../harness.ts";
import { importedApp, untrainedApp } from "../imported/imported-app.ts";
import { recommendationClient } from "../imported/recommendation-client.ts";
import { pacedLoad } from "../loads/paced-load.ts";
import type { Row, Subject } from "../row.ts";
import type { RunningServer, ServerSpec } from "../servers/server-spec.ts";
import { quantile } from "../statistics.ts";

const CONNECTIONS = 4;
const CALLS_PER_SECOND = 500;
/** How long calls are made before they are measured, in seconds: a server that has just started compiles its code. */
const WARM_UP_SECONDS = 2;
const SMOKE_WARM_UP_SECONDS = 0.1;
/** How many spans the server that does not train is measured for: about as long as the other trains. */
const QUIET_SPANS = 5;

const call = grpcCall(GreeterService.method.sayHello, { name: "Ada" });

/** What other calls notice of a training, which runs on the same core here. */
export const trainingLatency: Row = {
  name: "training-latency",
  title: `p99 of ${CALLS_PER_SECOND} gRPC unary calls a second, while the imported catalogue is trained and while it is not`,
  unit: "ms",
  startsAnew: true,
  subjects: [subject("training", untrainedApp), subject("not training", importedApp)],
  targets: [{ of: "training", per: "not training", bound: "≤", value: 2 }],
};

function subject(name: string, spec: ServerSpec): Subject {
  return {
    name,
    whyNot: (purpose) => spec.whyNot?.(purpose),
    open: async (harness) => ({ sample: (seconds) => slowestOfHundred(harness, spec, seconds) }),
  };
}

/** Starts a server, which trains at once where it has no model, and tells the p99 of all calls until the training has ended. */
async function slowestOfHundred(
  { freshServer, settings }: Harness,
  spec: ServerSpec,
  seconds: number,
): Promise<number> {
  const server = await freshServer(spec);
  const load = (duration: number) => pacedLoad(server, call, CONNECTIONS, CALLS_PER_SECOND, duration);
  try {
    await load(settings.smoke ? SMOKE_WARM_UP_SECONDS : WARM_UP_SECONDS);
    const shouldTrain = spec === untrainedApp;
    // The little that a smoke run imports may be learned by now.
    if (!settings.smoke && shouldTrain !== (await trains(server))) throw new Error("it trained at another time");
    const taken: number[] = [];
    let spans = 0;
    do {
      for (const time of await load(seconds)) taken.push(time);
      spans += 1;
    } while (shouldTrain ? await trains(server) : spans < QUIET_SPANS);
    return quantile(taken, 0.99);
  } finally {
    await server.stop();
  }
}

async function trains(server: RunningServer): Promise<boolean> {
  const { model } = await recommendationClient(server).getModel({});
  return model?.training !== undefined;
}
