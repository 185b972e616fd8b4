import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { grpcCall } from "../call.ts";
import { importedApp, untrainedApp } from "../imported/imported-app.ts";
import { makeReader, READER } from "../imported/make-reader.ts";
import type { Lab } from "../lab.ts";
import { ownHttp2Load } from "../loads/own-http2-load.ts";
import { residentBytes } from "../process-figures.ts";
import type { Contender, Row } from "../row.ts";
import type { ServerSpec } from "../servers/server-spec.ts";

const call = grpcCall(RecommendationService.method.recommend, { userId: READER });
const crowd = { connections: 4, callsEach: 25 };
const BYTES_PER_MB = 2 ** 20;

/** What the server needs with everything imported, once it has answered calls for a while. */
export const importMemory: Row = {
  name: "import-memory",
  title: "memory (RSS) of the server with goodbooks-10k imported, after calls of Recommend",
  unit: "MB",
  startsAnew: true,
  contenders: [contender("app", importedApp), contender("app, just trained", untrainedApp)],
  targets: [
    { of: "app", bound: "≤", value: 300 },
    { of: "app, just trained", bound: "≤", value: 300 },
  ],
};

function contender(name: string, spec: ServerSpec): Contender {
  return {
    name,
    whyNot: (purpose) =>
      residentBytes(process.pid) === undefined ? "there is no /proc to read memory from" : spec.whyNot?.(purpose),
    open: async (lab) => ({ sample: (seconds) => memory(lab, spec, seconds) }),
  };
}

async function memory({ freshServer }: Lab, spec: ServerSpec, seconds: number): Promise<number> {
  const server = await freshServer(spec);
  try {
    await makeReader(server);
    await ownHttp2Load(server, call, crowd, seconds, 1);
    return (residentBytes(server.pid) ?? Number.NaN) / BYTES_PER_MB;
  } finally {
    await server.stop();
  }
}
