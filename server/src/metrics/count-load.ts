import type { RpcServer } from "@triptych/rpc/rpc-server.ts";
import { Counter, Gauge, type Registry } from "prom-client";

/** Adds what a server has to carry, and what it has refused for that, to its metrics. Nothing is counted twice: the counts are read when they are asked for. */
export function countLoad(
  registry: Registry,
  server: Omit<RpcServer, "listen" | "close">,
  held: () => Readonly<Record<string, number>>,
): void {
  const { running, calls, messages, shares, shedding, responses } = server;
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
  const counter = (name: string, help: string, reasons: Readonly<Record<string, () => number>>) =>
    new Counter({
      name,
      help,
      labelNames: ["reason"],
      registers,
      collect() {
        this.reset();
        for (const [reason, read] of Object.entries(reasons)) this.inc({ reason }, read());
      },
    });
  gauge("rpc_handlers_running", "Handlers that are running, also those whose client has left.", () => running.count);
  gauge("rpc_calls_open", "Calls that count towards the limit of calls in flight.", () => calls.count);
  gauge("answers_open", "Answers to what is no call that are not out yet, probes left out.", () => responses.open);
  gauge("connections_open", "Connections that are open, idle ones included.", () => server.openConnections());
  gauge("rpc_request_bytes_held", "Bytes of request messages that are not complete.", () => messages.bufferedBytes);
  counter("rpc_calls_refused_total", "Calls that were refused for the load.", {
    calls_in_flight: () => calls.rejected,
    buffered_bytes: () => messages.tooManyBytes,
    slow_message: () => messages.tooSlow,
    message_elements: () => messages.tooManyElements,
    caller_rate: () => shares.rate,
    caller_calls: () => shares.calls,
    caller_streams: () => shares.streams,
    caller_bytes: () => shares.bytes,
    overload: () => shedding.refused,
  });
  gauge(
    "rpc_shedding_level",
    "How much is shed for the delay of the event loop, from 0: nothing.",
    () => shedding.level,
  );
  counter("connections_refused_total", "Connections that were cut as they came.", {
    address: () => server.rejectedConnections(),
  });
  counter("answers_refused_total", "Requests that are no calls and were refused for the load.", {
    answers: () => responses.rejected,
    address: () => responses.rejectedForAddress,
  });
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
