import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../../call.ts";
import { openWatchers } from "../../loads/watchers.ts";
import { residentBytes } from "../../process-figures.ts";
import { quantile } from "../../statistics.ts";
import { beside } from "../calm-client.ts";
import { describeCalm, mebibytes, milliseconds } from "../figures.ts";
import type { LoadCase } from "../load-case.ts";

const STREAMS = 10_000;
const CONNECTIONS = 100;
const EVENTS = 60;
/** How long all streams may take to hear of an event, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** 10,000 streams watch greetings; a greeting a second goes to all of them. */
export const streams: LoadCase = {
  name: "streams",
  title: `${STREAMS.toLocaleString("en")} watching streams on ${CONNECTIONS} connections, one event a second for ${EVENTS} seconds`,
  async run({ server, baseUrl, print, metric }) {
    const before = residentBytes(server.pid) ?? 0;
    const watchers = await openWatchers(server, grpcCall(GreeterService.method.watchGreetings, {}), CONNECTIONS);
    try {
      await watchers.open(STREAMS / CONNECTIONS);
      const held = (residentBytes(server.pid) ?? 0) - before;
      print(`open: ${STREAMS} streams, ${mebibytes(held)} more in use, ${Math.round(held / STREAMS)} bytes a stream`);
      const start = server.processorSeconds() ?? 0;
      const heaps: number[] = [];
      const [taken, calm] = await beside(baseUrl, () =>
        sendEvents(baseUrl, watchers, async () => {
          heaps.push(await metric("nodejs_heap_size_used_bytes"));
        }),
      );
      const busy = (server.processorSeconds() ?? 0) - start;
      const reached = taken.filter((ms) => ms < TIMEOUT_MS).length;
      print(`events that all streams heard: ${reached} of ${EVENTS}; the last stream heard after ${spread(taken)}`);
      print(`processor time, all calls included: ${((busy / EVENTS) * 1_000).toFixed(0)} ms an event`);
      const smallest = Math.min(...heaps.slice(heaps.length / 2));
      print(
        `heap in use, at its smallest in the second half: ${mebibytes(smallest)}; at its largest ${mebibytes(Math.max(...heaps))}`,
      );
      print(`memory at the end: ${mebibytes(residentBytes(server.pid) ?? 0)}`);
      print(describeCalm(calm));
      return [
        ...(reached === EVENTS ? [] : ["not all streams heard every event"]),
        ...(calm.failed === 0 ? [] : ["calls of the other client failed"]),
      ];
    } finally {
      watchers.close();
    }
  },
};

type Watchers = Awaited<ReturnType<typeof openWatchers>>;

/** Makes a greeting a second; resolves with how long each took to reach the last stream, in milliseconds. */
async function sendEvents(baseUrl: string, watchers: Watchers, after: () => Promise<void>): Promise<number[]> {
  const greeter = createClient(GreeterService, createGrpcTransport({ baseUrl, idleConnectionTimeoutMs: 10_000 }));
  const taken: number[] = [];
  for (let event = 0; event < EVENTS; event++) {
    const wanted = watchers.received() + STREAMS;
    const { promise: heard, resolve } = Promise.withResolvers<void>();
    watchers.onReceived(() => watchers.received() >= wanted && resolve());
    const start = performance.now();
    await greeter.sayHello({ name: "Ada" });
    await Promise.race([heard, watchers.failed, pause(TIMEOUT_MS)]);
    taken.push(performance.now() - start);
    await after();
    await pause(Math.max(0, 1_000 - (performance.now() - start)));
  }
  return taken;
}

function spread(taken: readonly number[]): string {
  const at = (share: number) => milliseconds(quantile(taken, share));
  return `${at(0.5)} (median), ${at(0.99)} (p99), ${at(1)} (longest)`;
}
