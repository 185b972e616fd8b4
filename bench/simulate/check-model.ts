import { setTimeout as pause } from "node:timers/promises";
import type { PostgresServer } from "@triptych/testkit/postgres/postgres-server.ts";
import type { Call } from "../call.ts";
import type { Harness } from "../harness.ts";
import { pacedLoad } from "../loads/paced-load.ts";
import { openWatchers } from "../loads/watchers.ts";
import { replicaOn } from "../servers/app-on-postgres.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import type { Costs } from "./costs.ts";
import { type Demand, databaseCores, type Span, serverCores } from "./model.ts";
import { spend } from "./spend.ts";
import { add, hello, watch } from "./work.ts";

/** Cores that were foretold, and those that it took. */
export interface Checked {
  readonly processes: number;
  readonly predictedServers: Span;
  readonly servers: number;
  readonly predictedDatabase: number;
  readonly database: number;
}

/** What is done to check the model: some of everything, on half a core. */
export const CHECKED_DEMAND: Demand = { watchers: 400, deliveriesEach: 50, events: 50, calls: 1_000, lists: 0 };

const CONNECTIONS = 4;
/** How long servers that have just started have to become quiet, in milliseconds. */
const SETTLE_MS = 5_000;

/** Has so many processes do the same work, for so many seconds, as the model says what it takes. */
export async function checkModel(
  harness: Harness,
  postgres: PostgresServer,
  { costs, processes, seconds }: { readonly costs: Costs; readonly processes: number; readonly seconds: number },
): Promise<Checked> {
  const servers: RunningServer[] = [];
  while (servers.length < processes) servers.push(await harness.freshServer(replicaOn("replica", postgres)));
  const watching = await Promise.all(servers.map((server) => openWatchers(server, watch, CONNECTIONS)));
  try {
    for (const watchers of watching) await watchers.open(CHECKED_DEMAND.watchers / processes / CONNECTIONS);
    await pause(SETTLE_MS);
    // Code gets faster with use.
    await workOn(servers, seconds / 2);
    const received = () => watching.reduce((sum, watchers) => sum + watchers.received(), 0);
    const before = received();
    const spent = await spend(servers, postgres, () => workOn(servers, seconds));
    const demand = doneIn(spent.seconds, { ...spent.result, deliveries: received() - before });
    const layout = { processes, readShare: 1 };
    return {
      processes,
      predictedServers: serverCores(demand, layout, costs),
      servers: spent.servers.reduce((sum, each) => sum + each, 0),
      predictedDatabase: databaseCores(demand, layout, costs),
      database: spent.postgres,
    };
  } finally {
    for (const watchers of watching) watchers.close();
    for (const server of servers) await server.stop();
  }
}

/** How much was done. */
interface Done {
  readonly calls: number;
  readonly events: number;
  readonly deliveries: number;
}

/** What was really done, each second: on a busy machine it may be less than was meant to be. */
function doneIn(seconds: number, { calls, events, deliveries }: Done): Demand {
  const { watchers, lists } = CHECKED_DEMAND;
  const deliveriesEach = deliveries / watchers / seconds;
  return { watchers, lists, deliveriesEach, calls: calls / seconds, events: events / seconds };
}

async function workOn(servers: readonly RunningServer[], seconds: number): Promise<Omit<Done, "deliveries">> {
  const share = 1 / servers.length;
  const made = async (call: Call, connections: number, rate: number) => {
    const taken = await Promise.all(
      servers.map((server) => pacedLoad(server, call, connections, rate * share, seconds)),
    );
    return taken.flat().length;
  };
  const [calls, events] = await Promise.all([
    made(add, CONNECTIONS, CHECKED_DEMAND.calls),
    made(hello, 1, CHECKED_DEMAND.events),
  ]);
  return { calls, events };
}
