import { globalAgent } from "node:http";
import { afterAll, beforeAll } from "vitest";
import type { ServerDependencies } from "../server.ts";
import { type StartedServer, startServer } from "./start-server.ts";

type Settings = Readonly<Record<string, string>>;

/**
 * Starts the real server before the tests of a file, or of the `describe` it is called in, and stops it after them; fails them when
 * they have left anything behind. What it returns can be used once the tests run.
 */
export function useServer(
  settings: Settings | (() => Promise<Settings>) = {},
  dependencies: Partial<ServerDependencies> = {},
): StartedServer {
  let started: StartedServer | undefined;
  const running = () => {
    if (started === undefined) throw new Error("the server runs only while the tests do");
    return started;
  };

  beforeAll(async () => {
    started = await startServer(typeof settings === "function" ? await settings() : settings, dependencies);
  });

  afterAll(async () => {
    const { expectNothingHeld, close } = running();
    try {
      // Connections that clients keep for their next call are theirs to close.
      globalAgent.destroy();
      await expectNothingHeld();
    } finally {
      await close();
    }
  });

  return {
    get server() {
      return running().server;
    },
    get port() {
      return running().port;
    },
    get baseUrl() {
      return running().baseUrl;
    },
    readMetric: (name, labels) => running().readMetric(name, labels),
    expectNothingHeld: () => running().expectNothingHeld(),
    close: () => running().close(),
  };
}
