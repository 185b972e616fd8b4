import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { follow } from "../src/follow/follow.ts";
import { createWebSocketTransport } from "../src/transport/web-socket-transport.ts";

let directory: string;
let server: ServerProcess;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-age-"));
  const settings = { MAX_CONNECTION_AGE_SECONDS: "1", MAX_CONNECTION_AGE_GRACE_SECONDS: "1" };
  server = await startServerProcess(await freePort(), directory, settings);
}, 60_000);

afterAll(async () => {
  await server.kill("SIGTERM");
  await rm(directory, { recursive: true });
});

const transports = {
  gRPC: () => createTransport("grpc", server.baseUrl),
  "a WebSocket": () => createWebSocketTransport({ baseUrl: server.baseUrl, idleMs: 50 }),
};

it.each(["gRPC", "a WebSocket"] as const)(
  "a stream that is followed over connections of %s moves at once as they come of age, and loses nothing",
  { timeout: 60_000 },
  async (name) => {
    const greeter = createClient(GreeterService, transports[name]());
    // Over HTTP/1.1, where no age ends a connection: connect-node fails a call that it begins as a GOAWAY comes.
    const writer = createClient(GreeterService, createTransport("connect over http/1.1", server.baseUrl));
    const left = new AbortController();
    const states: string[] = [];
    let opened = 0;
    let next: bigint | undefined;
    const greetings = follow(
      (signal, afterSequence, logId) => {
        opened++;
        return greeter.watchGreetings({ afterSequence, logId }, { signal });
      },
      {
        sequenceOf: ({ update }) => update.value?.sequence,
        logIdOf: ({ update }) => (update.case === "position" ? update.value.logId : undefined),
        signal: left.signal,
        onState: ({ kind }) => states.push(kind),
      },
    );
    const greet = () => void writer.sayHello({ name: "Ada" }).catch((error: unknown) => left.abort(error));
    for await (const { update } of greetings) {
      if (update.case === "position" && next === undefined) {
        next = update.value.sequence + 1n;
        greet();
      }
      if (update.case !== "greeting") continue;
      expect(update.value.sequence).toBe(next);
      if (opened === 3) break;
      next = update.value.sequence + 1n;
      greet();
    }
    expect(left.signal.reason).toBeUndefined();
    expect(opened).toBe(3);
    // Who looks at it does not see the first move.
    expect(states.slice(0, 3)).toEqual(["connecting", "live", "live"]);
  },
);
