import { setTimeout as pause } from "node:timers/promises";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import type { Harness } from "../harness.ts";
import { openWatchers } from "../loads/watchers.ts";
import { residentBytes } from "../process-figures.ts";
import type { Row, Subject } from "../row.ts";
import { bare, connectNodeHttp2, grpcJs, rawHttp2Open } from "../servers/all-servers.ts";
import { app } from "../servers/app.ts";
import type { RunningServer, ServerSpec } from "../servers/server-spec.ts";

const CONNECTIONS = 10;
/** Streams that are open on each connection before memory is first looked at: what the first few cost comes once. */
const FIRST_STREAMS = 20;
const STREAMS = 300;
const SMOKE_STREAMS = 20;
/** How long a server that is left alone has to become quiet, in milliseconds. */
const SETTLE_MS = 1_500;

const watch = grpcCall(GreeterService.method.watchGreetings, {});

/** What it costs to keep a stream open on which nothing happens. */
export const idleMemory: Row = {
  name: "idle-memory",
  title: `memory (RSS) of one idle watching stream, ${(CONNECTIONS * STREAMS).toLocaleString("en")} open`,
  unit: "KB",
  startsAnew: true,
  subjects: [bare, app, rawHttp2Open, grpcJs, connectNodeHttp2].map(subject),
  targets: [
    { of: "bare", bound: "≤", value: 6 },
    { of: "app", bound: "≤", value: 6 },
  ],
};

function subject(spec: ServerSpec): Subject {
  return {
    name: spec.name,
    whyNot: () => (residentBytes(process.pid) === undefined ? "there is no /proc to read memory from" : undefined),
    open: async (harness) => ({ sample: () => memoryOfStream(harness, spec) }),
  };
}

/** Starts a server, opens streams and tells by how much it has grown for each, in kilobytes. */
async function memoryOfStream({ freshServer, settings }: Harness, spec: ServerSpec): Promise<number> {
  const streams = settings.smoke ? SMOKE_STREAMS : STREAMS;
  const settleMs = settings.smoke ? 0 : SETTLE_MS;
  const server = await freshServer(spec);
  const watchers = await openWatchers(server, watch, CONNECTIONS);
  try {
    await watchers.open(FIRST_STREAMS);
    const before = await quietMemory(server, spec, settleMs);
    await watchers.open(streams);
    const after = await quietMemory(server, spec, settleMs);
    return (after - before) / (CONNECTIONS * streams) / 1_024;
  } finally {
    watchers.close();
    await server.stop();
  }
}

/** The memory of a server that has nothing to do; one that can be told to collects its garbage first. */
async function quietMemory({ pid }: RunningServer, { collects }: ServerSpec, settleMs: number): Promise<number> {
  await pause(settleMs);
  if (collects) process.kill(pid, "SIGUSR2");
  await pause(settleMs / 2);
  return residentBytes(pid) ?? Number.NaN;
}
