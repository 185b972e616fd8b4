import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DescService } from "@bufbuild/protobuf";
import type { Client, Transport } from "@connectrpc/connect";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { test as base } from "@playwright/test";
import { freePort, type ServerProcess, startServerProcess } from "../server/src/testing/server-process.ts";

/** The protocol that the page under test uses. */
export type Protocol = "grpc-web" | "connect" | "connect-json";

/** The real server, in a process of its own that a test may kill and start again on the same port and store. */
export interface RestartableServer {
  readonly baseUrl: string;
  kill(signal?: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
  /** The value of a metric, summed over its labels. */
  metric(name: string, labels?: string): Promise<number>;
}

interface TestFixtures {
  /** A server that no other test uses; for tests that kill it or count its calls. */
  ownServer: RestartableServer;
  /** A native gRPC client of the server that the page under test talks to. */
  native: <S extends DescService>(service: S, server?: RestartableServer) => Client<S>;
}

interface WorkerFixtures {
  protocol: Protocol;
  /** The server that the tests of a worker share. */
  sharedServer: RestartableServer;
}

/** Playwright's test with the real server beside it. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  protocol: ["grpc-web", { option: true, scope: "worker" }],
  sharedServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
    async ({}, use) => {
      await withServer(use);
    },
    { scope: "worker" },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
  ownServer: async ({}, use) => {
    await withServer(use);
  },
  baseURL: async ({ sharedServer }, use) => {
    await use(sharedServer.baseUrl);
  },
  native: async ({ sharedServer }, use) => {
    const transports = new Map<string, Transport>();
    await use((service, server = sharedServer) => {
      const transport =
        transports.get(server.baseUrl) ??
        createGrpcTransport({ baseUrl: server.baseUrl, idleConnectionTimeoutMs: 100 });
      transports.set(server.baseUrl, transport);
      return createClient(service, transport);
    });
  },
});


async function withServer(use: (server: RestartableServer) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  const port = await freePort();
  const start = () => startServerProcess(port, directory);
  let running: ServerProcess = await start();
  await use({
    baseUrl: running.baseUrl,
    async kill(signal = "SIGKILL") {
      await running.kill(signal);
    },
    async start() {
      running = await start();
    },
    async metric(name, labels = "") {
      const text = await (await fetch(`${running.baseUrl}/metrics`)).text();
      const lines = text.split("\n").filter((line) => line.startsWith(name) && line.includes(labels));
      return lines.reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
    },
  });
  await running.kill("SIGKILL");
  await rm(directory, { recursive: true });
}
