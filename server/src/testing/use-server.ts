import { globalAgent } from "node:http";
import { afterAll, beforeAll, expect, vi } from "vitest";
import type { ServerDependencies } from "../server.ts";
import { type StartedServer, startServer } from "./start-server.ts";

const PATIENCE = { timeout: 5_000, interval: 10 };

/**
 * Starts the real server before the tests of a file, or of the `describe` it is called in, and stops it after them; fails them when
 * they have left a handler running or a connection open. What it returns can be used once the tests run.
 */
export function useServer(
  settings: Readonly<Record<string, string>> = {},
  dependencies: Partial<ServerDependencies> = {},
): StartedServer {
  let started: StartedServer | undefined;
  const running = () => {
    if (started === undefined) throw new Error("the server runs only while the tests do");
    return started;
  };

  beforeAll(async () => {
    started = await startServer(settings, dependencies);
  });

  afterAll(async () => {
    const { server, close } = running();
    try {
      // Connections that clients keep for their next call are theirs to close.
      globalAgent.destroy();
      await vi.waitFor(() => expect(server.runningHandlers(), "running handlers").toBe(0), PATIENCE);
      await vi.waitFor(() => expect(server.openConnections(), "open connections").toBe(0), PATIENCE);
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
    close: () => running().close(),
  };
}
