import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMetric } from "@triptych/testkit/clients/read-metric.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";

/** The real server, in a process of its own that a test may kill and start again on the same port and store. */
export interface RestartableServer {
  readonly baseUrl: string;
  /** Ends the process as a crash would. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it listens. */
  start(): Promise<void>;
  /** How many handlers are running, also those whose client has left. */
  runningHandlers(): Promise<number>;
  /** How many calls of a method, such as `triptych.greeter.v1.GreeterService/SayHello`, have started and not ended. */
  callsInFlight(method: string): Promise<number>;
}

/** Runs a server with an empty store of its own while `use` runs, with settings beyond those of all tests, on a port where that is to be known before. */
export async function withServer(
  use: (server: RestartableServer) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
  chosenPort?: number,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  const port = chosenPort ?? (await freePort());
  let running: ServerProcess = await startServerProcess(port, directory, settings);
  const { baseUrl } = running;
  const kill = async () => {
    await running.kill("SIGKILL");
  };
  await use({
    baseUrl,
    kill,
    async start() {
      running = await startServerProcess(port, directory, settings);
    },
    runningHandlers: () => readMetric(baseUrl, "rpc_handlers_running"),
    callsInFlight: (method) => readMetric(baseUrl, "rpc_calls_in_flight", { method }),
  });
  await kill();
  await rm(directory, { recursive: true });
}
