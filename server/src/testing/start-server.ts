import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMetric } from "@triptych/testkit/clients/read-metric.ts";
import { expectNothingLeft, watchProcess } from "@triptych/testkit/leftovers/expect-nothing-left.ts";
import { pino } from "pino";
import { readConfig } from "../config.ts";
import { createServer, type Server, type ServerDependencies } from "../server.ts";

/** Made once: it has the process tell it of its end, for good. */
const silentLogger = pino({ level: "silent" });

/** The whole server on a free port of the loopback, with a store of its own. */
export interface StartedServer {
  readonly server: Server;
  readonly port: number;
  readonly baseUrl: string;
  /** The value of a metric with exactly these labels, as `/metrics` shows it; 0 when it has none. */
  readMetric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>;
  /** Resolves once the server holds no more for clients than after its start; rejects, naming what is left, when that takes too long. */
  expectNothingHeld(): Promise<void>;
  /** Stops the server and removes its store; rejects when something is left of it in this process. */
  close(): Promise<void>;
}

/** Starts the real server, in this process, with settings in place of the environment. */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
  dependencies: Partial<ServerDependencies> = {},
): Promise<StartedServer> {
  const expectProcessAsBefore = watchProcess();
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  const config = readConfig({
    HOST: "127.0.0.1",
    DATA_DIR: directory,
    DRAIN_SECONDS: "1",
    KEEP_ALIVE_SECONDS: "2",
    ...settings,
  });
  const server = await createServer(
    { ...config, port: 0 },
    {
      logger: silentLogger,
      pages: (_request, response) => {
        response.statusCode = 404;
        response.end();
      },
      ...dependencies,
    },
  );
  const { url: baseUrl } = await server.start();
  const heldAtStart = server.held();
  return {
    server,
    baseUrl,
    port: Number(new URL(baseUrl).port),
    readMetric: (name, labels) => readMetric(baseUrl, name, labels),
    expectNothingHeld: () => expectNothingLeft(heldAtStart, server.held),
    async close() {
      await server.stop();
      await rm(directory, { recursive: true });
      await expectProcessAsBefore();
    },
  };
}
