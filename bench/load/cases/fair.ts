import { setTimeout as pause } from "node:timers/promises";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { appIn } from "../../servers/app.ts";
import type { RunningServer } from "../../servers/server-spec.ts";
import { startServer } from "../../servers/start-server.ts";
import { quantile } from "../../statistics.ts";
import { milliseconds } from "../figures.ts";
import { openGreedyClient } from "../greedy-client.ts";
import type { LoadCase } from "../load-case.ts";

const CONNECTIONS = 1_000;
const POLITE_CLIENTS = 10;
/** How long a client that means no harm waits between its calls, in milliseconds. */
const PAUSE_MS = 50;
/** How long each part lasts, in milliseconds. */
const PART_MS = 15_000;
/** How many times as long the slowest of a hundred calls of the polite may take beside the greedy one. */
const MOST_TIMES = 2;

/** What the server is told where callers have a share: the polite stay far below. Each client says its own address. */
const SHARE = { CALLER_COST_PER_SECOND: "100", MAX_CALLS_PER_CALLER: "200", MAX_STREAMS_PER_CALLER: "100" };
const OWN_ADDRESSES = { TRUST_PROXY: "1", LOG_LEVEL: "warn" };

/** One client that takes what it gets, beside ten that do not, with a share for each caller and without. */
export const fair: LoadCase = {
  name: "fair",
  title: `one client with ${CONNECTIONS.toLocaleString("en")} connections, each calling Recommend on and on, beside ${POLITE_CLIENTS} polite ones`,
  async run({ print }) {
    const failures: string[] = [];
    for (const [name, settings] of [
      ["without shares", {}] as const,
      ["with a share for each caller", SHARE] as const,
    ]) {
      await using stopped = new AsyncDisposableStack();
      const data = (place: string) => `${place}/data`;
      const server = await startServer(appIn(name, data, { ...OWN_ADDRESSES, ...settings }), { smoke: false });
      stopped.defer(() => server.stop());
      await callPolitely(server);
      const alone = await callPolitely(server);
      const greedy = await openGreedyClient(server, CONNECTIONS);
      stopped.defer(() => greedy.close());
      const beside = await callPolitely(server);
      const times = beside.p99 / alone.p99;
      print(
        `${name}: the greedy client had ${Math.round((await greedy.ended()) / (PART_MS / 1_000))} calls a second ended`,
      );
      print(`  the polite, alone:     ${describe(alone)}`);
      print(`  the polite, beside it: ${describe(beside)}, ${times.toFixed(1)} times the p99`);
      if (settings !== SHARE) continue;
      if (alone.failed + beside.failed > 0) failures.push("calls of the polite failed");
      if (times > MOST_TIMES) failures.push(`the p99 of the polite is ${times.toFixed(1)} times what it is alone`);
    }
    return failures;
  },
};

interface PoliteFigures {
  readonly calls: number;
  readonly failed: number;
  /** Milliseconds from call to answer. */
  readonly p50: number;
  readonly p99: number;
}

function describe({ calls, failed, p50, p99 }: PoliteFigures): string {
  return `${calls} calls, ${failed} failed, p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}`;
}

/** Ten clients, each of an address of its own, call something light now and then. */
async function callPolitely({ port }: RunningServer): Promise<PoliteFigures> {
  const end = performance.now() + PART_MS;
  const taken: number[] = [];
  let failed = 0;
  async function client(index: number): Promise<void> {
    const transport = createGrpcTransport({ baseUrl: `http://127.0.0.1:${port}`, idleConnectionTimeoutMs: 100 });
    const options = { headers: { "x-forwarded-for": `192.0.2.${index + 1}` } };
    const [greeter, books] = [createClient(GreeterService, transport), createClient(RecommendationService, transport)];
    for (let call = 0; performance.now() < end; call += 1) {
      const start = performance.now();
      try {
        if (call % 10 === 0) await books.recommend({ userId: index + 1 }, options);
        else await greeter.listLanguages({}, options);
        taken.push(performance.now() - start);
      } catch {
        failed += 1;
      }
      await pause(PAUSE_MS);
    }
  }
  await Promise.all(Array.from({ length: POLITE_CLIENTS }, (_, index) => client(index)));
  const of = (share: number) => (taken.length === 0 ? Number.NaN : quantile(taken, share));
  return { calls: taken.length + failed, failed, p50: of(0.5), p99: of(0.99) };
}
