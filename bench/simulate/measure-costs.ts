import { setTimeout as pause } from "node:timers/promises";
import type { PostgresServer } from "@triptych/testkit/postgres/postgres-server.ts";
import { runSql } from "@triptych/testkit/postgres/run-sql.ts";
import type { Call } from "../call.ts";
import type { Harness } from "../harness.ts";
import { callOnceHttp2 } from "../loads/call-once-http2.ts";
import { deliveryTimes } from "../loads/delivery-times.ts";
import { fanOut } from "../loads/fan-out.ts";
import { http2Load } from "../loads/http2-load.ts";
import type { Concurrency } from "../loads/load.ts";
import { ownHttp2Load } from "../loads/own-http2-load.ts";
import { openWatchers } from "../loads/watchers.ts";
import { residentBytes } from "../process-figures.ts";
import { replicaOn } from "../servers/app-on-postgres.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import type { Cost, Costs } from "./costs.ts";
import { spend } from "./spend.ts";
import { add, hello, recommend, watch } from "./work.ts";

const MANY: Concurrency = { connections: 4, callsEach: 25 };
const ONE: Concurrency = { connections: 1, callsEach: 1 };
const MANY_STREAMS = 1_000;
const FIRST_STREAMS = 10;
const CONNECTIONS = 10;
/** How long a server that has just started has to train its model and become quiet, in milliseconds. */
const SETTLE_MS = 5_000;
const MICROS = 1e6;

/** What a call costs the server that takes it, and Postgres, in microseconds. */
interface CallCosts {
  readonly here: Cost;
  readonly database: Cost;
  /** What it costs another server, where there is one. */
  readonly there: Cost;
  /** How long one takes that is alone, in seconds. */
  readonly secondsAlone: number;
}

/** Where costs are measured: one server takes all calls, and another may follow. */
interface Place {
  readonly harness: Harness;
  readonly postgres: PostgresServer;
  readonly servers: readonly [here: RunningServer, there?: RunningServer];
  /** For how long each thing is measured, in seconds. */
  readonly seconds: number;
  /** How many cores each server, and Postgres, are busy on while nothing happens. */
  readonly idle: { readonly servers: readonly number[]; readonly postgres: number };
}

/** Measures what things cost on this machine, each for so many seconds: on one server over a Postgres, then beside a second one that reads what the first stores. */
export async function measureCosts(harness: Harness, postgres: PostgresServer, seconds: number): Promise<Costs> {
  const here = await harness.freshServer(replicaOn("replica 1", postgres));
  const one = await quietPlace({ harness, postgres, servers: [here], seconds });
  const call = await callCosts(one, add);
  const list = await callCosts(one, recommend);
  const before = await sizesOf(postgres);
  const event = await callCosts(one, hello);
  const after = await sizesOf(postgres);
  const delivery = {
    together: await deliveryCost(one, fanOut, event.here.alone),
    alone: await deliveryCost(one, oneEventAtATime, event.here.alone),
  };

  const there = await harness.freshServer(replicaOn("replica 2", postgres));
  const two = await quietPlace({ harness, postgres, servers: [here, there], seconds });
  const processBytes = residentBytes(there.pid) ?? Number.NaN;
  const followed = await callCosts(two, hello);
  const count = after.events - before.events;
  return {
    ...{ call: call.here, list: list.here, event: event.here, eventInDatabase: event.database },
    read: followed.there,
    batchSeconds: event.secondsAlone,
    readInDatabase: difference(followed.database, event.database),
    ...{ delivery, idle: one.idle.servers[0] ?? Number.NaN, idleInDatabase: one.idle.postgres },
    ...{ processBytes, streamBytes: await streamBytes(there) },
    loggedBytes: (after.logged - before.logged) / count,
    storedBytes: (after.stored - before.stored) / count,
  };
}

async function quietPlace(place: Omit<Place, "idle">): Promise<Place> {
  await pause(SETTLE_MS);
  const idle = await spend(place.servers.filter(isServer), place.postgres, () => pause(place.seconds * 1_000));
  return { ...place, idle };
}

function isServer(server: RunningServer | undefined): server is RunningServer {
  return server !== undefined;
}

async function callCosts(place: Place, call: Call): Promise<CallCosts> {
  const together = await costsUnder(place, call, MANY);
  const alone = await costsUnder(place, call, ONE);
  const of = (what: "here" | "there" | "database") => ({ together: together[what], alone: alone[what] });
  return { here: of("here"), there: of("there"), database: of("database"), secondsAlone: 1 / alone.rate };
}

/** What a call costs beyond what is spent anyway. */
async function costsUnder({ harness, postgres, servers, seconds, idle }: Place, call: Call, concurrency: Concurrency) {
  const [server] = servers;
  const load = concurrency === ONE ? ownHttp2Load : http2Load(harness.settings);
  const bytes = await callOnceHttp2(server, call);
  // Code gets faster with use.
  await load(server, call, concurrency, seconds / 2, bytes);
  const spent = await spend(servers.filter(isServer), postgres, () => load(server, call, concurrency, seconds, bytes));
  const each = (busy = 0, quiet = 0) => (Math.max(0, busy - quiet) / spent.result.callsPerSecond) * MICROS;
  return {
    here: each(spent.servers[0], idle.servers[0]),
    there: each(spent.servers[1], idle.servers[1]),
    database: each(spent.postgres, idle.postgres),
    rate: spent.result.callsPerSecond,
  };
}

/** Makes events that many streams are sent; resolves with the deliveries a second. */
type Deliver = typeof fanOut;

const oneEventAtATime: Deliver = async (server, call, watchers, streams, seconds) => {
  const taken = await deliveryTimes(server, call, watchers, streams, seconds);
  return (taken.length * streams) / seconds;
};

/** What it costs to send an event to one of many streams, without what it costs to store it. */
async function deliveryCost({ postgres, servers: [here], seconds, idle }: Place, deliver: Deliver, eventCost: number) {
  const watchers = await openWatchers(here, watch, CONNECTIONS);
  try {
    await watchers.open(MANY_STREAMS / CONNECTIONS);
    await deliver(here, hello, watchers, MANY_STREAMS, seconds / 2);
    const spent = await spend([here], postgres, () => deliver(here, hello, watchers, MANY_STREAMS, seconds));
    const busy = (spent.servers[0] ?? 0) - (idle.servers[0] ?? 0);
    return Math.max(0, (busy / spent.result) * MICROS - eventCost / MANY_STREAMS);
  } finally {
    watchers.close();
  }
}

async function streamBytes(server: RunningServer): Promise<number> {
  const watchers = await openWatchers(server, watch, CONNECTIONS);
  try {
    // What the first few take comes once.
    await watchers.open(FIRST_STREAMS);
    const before = residentBytes(server.pid) ?? Number.NaN;
    await watchers.open(MANY_STREAMS / 5);
    return ((residentBytes(server.pid) ?? Number.NaN) - before) / (CONNECTIONS * (MANY_STREAMS / 5));
  } finally {
    watchers.close();
  }
}

function difference(cost: Cost, without: Cost): Cost {
  return {
    together: Math.max(0, cost.together - without.together),
    alone: Math.max(0, cost.alone - without.alone),
  };
}

/** How many events there were, and how many bytes they took in the write-ahead log and in the tables. */
async function sizesOf(postgres: PostgresServer) {
  const [row] = await runSql(
    postgres.url(),
    `select sum(last) as events, pg_current_wal_lsn() - '0/0'::pg_lsn as logged,
       (select sum(pg_total_relation_size(oid)) from pg_class where relkind = 'r') as stored from topics`,
  );
  return { events: Number(row?.events), logged: Number(row?.logged), stored: Number(row?.stored) };
}
