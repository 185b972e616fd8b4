import { Counter, Gauge, type Registry } from "prom-client";
import type { Listener } from "./listener/create-listener.ts";
import type { RpcHandler } from "./rpc/create-rpc-handler.ts";

/** Adds what a server has to carry, and what it has refused for that, to its metrics. Nothing is counted twice: the counts are read when they are asked for. */
export function countLoad(
  registry: Registry,
  { running, flights }: Pick<RpcHandler, "running" | "flights">,
  listener: Pick<Listener, "openConnections" | "refusedConnections">,
  held: () => Readonly<Record<string, number>>,
): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  const counter = (name: string, help: string, reason: string, read: () => number) =>
    new Counter({
      name,
      help,
      labelNames: ["reason"],
      registers,
      collect() {
        this.reset();
        this.inc({ reason }, read());
      },
    });
  gauge("rpc_handlers_running", "Handlers that are running, also those whose client has left.", () => running.count);
  gauge("rpc_calls_open", "Calls that count towards the limit of calls in flight.", () => flights.count);
  gauge("connections_open", "Connections that are open, idle ones included.", () => listener.openConnections());
  counter("rpc_calls_refused_total", "Calls that were refused for the load.", "calls_in_flight", () => flights.refused);
  counter("connections_refused_total", "Connections that were cut as they came.", "address", () =>
    listener.refusedConnections(),
  );
  new Gauge({
    name: "held",
    help: "What is held for clients, by what it is.",
    labelNames: ["what"],
    registers,
    collect() {
      for (const [what, count] of Object.entries(held())) this.set({ what }, count);
    },
  });
}
