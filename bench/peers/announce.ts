import type { AddressInfo, Server } from "node:net";

/** Says where a server listens, as the parent process expects it, and ends the process when asked to. */
export function announce(address: Pick<AddressInfo, "port">, scheme: "http" | "https" = "http"): void {
  process.on("SIGTERM", () => process.exit(0));
  process.on("SIGUSR2", () => globalThis.gc?.());
  process.stdout.write(`listening on ${scheme}://127.0.0.1:${address.port}\n`);
}

/** Listens on a free port of the loopback and announces it. */
export function listenOnLoopback(server: Server, scheme: "http" | "https" = "http"): void {
  server.listen(0, "127.0.0.1", () => {
    // A TCP server that listens has an address and port.
    announce(server.address() as AddressInfo, scheme);
  });
}
