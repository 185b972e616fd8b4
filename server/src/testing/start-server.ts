import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { readConfig } from "../config.ts";
import { createServer, type Server, type ServerDependencies } from "../server.ts";
import { readMetric } from "./read-metric.ts";

/** The whole server on a free port of the loopback, with a store of its own. */
export interface StartedServer {
  readonly server: Server;
  readonly port: number;
  readonly baseUrl: string;
  /** The value of a metric with exactly these labels, as `/metrics` shows it; 0 when it has none. */
  readMetric(name: string, labels?: Readonly<Record<string, string>>): Promise<number>;
  /** Stops the server and removes its store. */
  close(): Promise<void>;
}

/** Starts the real server, in this process, with settings in place of the environment. */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
  dependencies: Partial<ServerDependencies> = {},
): Promise<StartedServer> {
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  const config = readConfig({ HOST: "127.0.0.1", DATA_DIR: directory, DRAIN_SECONDS: "1", ...settings });
  const server = await createServer(
    { ...config, port: 0 },
    {
      logger: pino({ level: "silent" }),
      pages: (_request, response) => {
        response.statusCode = 404;
        response.end();
      },
      ...dependencies,
    },
  );
  const { url: baseUrl } = await server.start();
  return {
    server,
    baseUrl,
    port: Number(new URL(baseUrl).port),
    readMetric: (name, labels) => readMetric(baseUrl, name, labels),
    async close() {
      await server.stop();
      await rm(directory, { recursive: true });
    },
  };
}
