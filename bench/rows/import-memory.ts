import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { grpcCall } from "../call.ts";
import type { Harness } from "../harness.ts";
import { importedApp, untrainedApp } from "../imported/imported-app.ts";
import { makeReader, READER } from "../imported/make-reader.ts";
import { ownHttp2Load } from "../loads/own-http2-load.ts";
import { residentBytes } from "../process-figures.ts";
import type { Row, Subject } from "../row.ts";
import type { ServerSpec } from "../servers/server-spec.ts";

const call = grpcCall(RecommendationService.method.recommend, { userId: READER });
const concurrency = { connections: 4, callsEach: 25 };
const BYTES_PER_MB = 2 ** 20;

/** What the server needs with everything imported, once it has answered calls for a while. */
export const importMemory: Row = {
  name: "import-memory",
  title: "memory (RSS) of the server with goodbooks-10k imported, after calls of Recommend",
  unit: "MB",
  startsAnew: true,
  subjects: [subject("app", importedApp), subject("app, just trained", untrainedApp)],
  targets: [
    { of: "app", bound: "≤", value: 300 },
    { of: "app, just trained", bound: "≤", value: 300 },
  ],
};

function subject(name: string, spec: ServerSpec): Subject {
  return {
    name,
    whyNot: (purpose) =>
      residentBytes(process.pid) === undefined ? "there is no /proc to read memory from" : spec.whyNot?.(purpose),
    open: async (harness) => ({ sample: (seconds) => memory(harness, spec, seconds) }),
  };
}

async function memory({ freshServer }: Harness, spec: ServerSpec, seconds: number): Promise<number> {
  const server = await freshServer(spec);
  try {
    await makeReader(server);
    await ownHttp2Load(server, call, concurrency, seconds, 1);
    return (residentBytes(server.pid) ?? Number.NaN) / BYTES_PER_MB;
  } finally {
    await server.stop();
  }
}
