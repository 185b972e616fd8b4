import { EventEmitter } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { createServer as createVite } from "vite";
import { type Front, runServer } from "./run-server.ts";

const web = fileURLToPath(new URL("../../web", import.meta.url));

await runServer(createDevFront, { LOG_FORMAT: "pretty", SHOW_SPANS: "yes", SHOW_OPERATIONS: "yes" });

/** Serves the web app from its sources, with hot reload over a WebSocket on the same port. */
async function createDevFront(): Promise<Front> {
  // Vite listens for upgrades on a server that it is given; this one only passes them on.
  const upgrades = new EventEmitter() as Server;
  const vite = await createVite({
    root: web,
    // Bundled, as is usual, the configuration would be a new file each time, and the watcher restart the server for ever.
    configLoader: "native",
    server: { middlewareMode: true, hmr: { server: upgrades } },
  });
  return {
    // Vite uses only what the requests and responses of both HTTP versions have.
    pages: (request, response) => vite.middlewares(request as IncomingMessage, response as ServerResponse),
    onUpgrade: (request, socket, head) => void upgrades.emit("upgrade", request, socket, head),
  };
}
