import { setTimeout as pause } from "node:timers/promises";
import { createClient, type Transport } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { noPostgres } from "../../servers/app-on-postgres.ts";
import type { LoadCase } from "../load-case.ts";
import { faultsOfLog, faultsOfWatcher, type SeenGreeting } from "../replicas/check-whole.ts";
import { type Fault, faults } from "../replicas/faults.ts";
import { openReplicaWorld, type ReplicaWorld } from "../replicas/replica-world.ts";
import { Watcher } from "../replicas/watcher.ts";
import { Writers } from "../replicas/writers.ts";

const REPLICAS = 3;
const WATCHERS = 12;
/** How long all is well between two faults, in milliseconds. */
const CALM_MS = 3_000;
/** How soon everything has to be back, and how long it is waited for, in milliseconds. */
const BACK_MS = 5_000;
const TIMEOUT_MS = 60_000;
/** How long one attempt to write may take while it is waited for, in milliseconds. */
const ATTEMPT_MS = 1_000;

/** Three replicas over one Postgres, to which one thing after the other happens, while some write to them and others watch. */
export const replicas: LoadCase = {
  name: "replicas",
  title: `${REPLICAS} replicas over one Postgres, ${WATCHERS} watchers, and what happens to servers`,
  async run({ print }) {
    if (noPostgres !== undefined) {
      print(`left out: ${noPostgres}`);
      return [];
    }
    await using world = await openReplicaWorld(REPLICAS);
    const connect = () => world.replicas.map(({ baseUrl }) => createTransport("grpc", baseUrl));
    const writers = new Writers(connect());
    const forWatchers = connect();
    const watchers = Array.from({ length: WATCHERS }, (_, index) => new Watcher(rotated(forWatchers, index)));
    const failures: string[] = [];
    for (const fault of faults) {
      await pause(CALM_MS);
      const { backMs, line } = await withFault(fault, world, writers, watchers);
      print(`${fault.name}: ${line}`);
      if (backMs > BACK_MS) failures.push(`${fault.name}: back within ${BACK_MS / 1_000} s`);
      await fault.repair?.(world);
    }
    await pause(CALM_MS);
    await writers.stop();
    return [...failures, ...(await checkAll(connect(), writers, watchers, print))];
  },
};

function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

async function withFault(fault: Fault, world: ReplicaWorld, writers: Writers, watchers: readonly Watcher[]) {
  const before = { stored: writers.acknowledged.size, unknown: writers.unknown.size };
  writers.longestPause();
  const serving = await fault.happen(world);
  const start = performance.now();
  const written = await Promise.all(serving.map((replica) => untilWritten(writers, replica, start)));
  await Promise.race([
    Promise.all(watchers.flatMap((watcher) => written.map((name) => watcher.hasSeen(name)))),
    pause(TIMEOUT_MS),
  ]);
  const backMs = performance.now() - start;
  const stored = writers.acknowledged.size - before.stored;
  const unknown = writers.unknown.size - before.unknown;
  const longest = seconds(writers.longestPause());
  const line = `back after ${seconds(backMs)}; ${stored} greetings acknowledged, ${unknown} given up, longest time without one ${longest}`;
  return { backMs, line };
}

/** Writes to a replica until that succeeds; resolves with the name of what it has stored. */
async function untilWritten(writers: Writers, replica: number, since: number): Promise<string> {
  for (let count = 1; ; count++) {
    const name = `probe ${replica} at ${Math.round(since)} no ${count}`;
    if (await writers.greet(replica, name, ATTEMPT_MS)) return name;
    if (performance.now() - since > TIMEOUT_MS) throw new Error(`replica ${replica + 1} takes no writes`);
    await pause(50);
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

/** What does not hold once all is over. */
async function checkAll(
  transports: readonly Transport[],
  writers: Writers,
  watchers: readonly Watcher[],
  print: (line: string) => void,
): Promise<string[]> {
  const [transport] = transports;
  if (transport === undefined) throw new RangeError("there must be a replica");
  const last = await untilWritten(writers, 0, performance.now());
  const log = await readLog(transport, last);
  await Promise.race([Promise.all(watchers.map((watcher) => watcher.hasSeen(last))), pause(TIMEOUT_MS)]);
  await Promise.all(watchers.map((watcher) => watcher.leave()));
  const phones = await readPhones(transport);
  print(
    `${log.length} greetings in the log, ${writers.acknowledged.size} acknowledged, ${writers.unknown.size} given up`,
  );
  print(`${phones.length} orders, ${writers.ordered.size} acknowledged, one an idempotency key`);
  const counts = watchers.map(({ seen }) => seen.length);
  print(`the watchers have seen from ${Math.min(...counts)} to ${Math.max(...counts)} greetings each`);
  return [
    ...faultsOfLog(log, writers),
    ...watchers.flatMap((watcher, index) => [
      ...faultsOfWatcher(watcher.seen, log).map((what) => `watcher ${index + 1}: ${what}`),
      ...(watcher.seen.length < log.length ? [`watcher ${index + 1} has seen ${watcher.seen.length}`] : []),
      ...(watcher.restarts > 0 ? [`watcher ${index + 1} was told to start from scratch`] : []),
    ]),
    ...(new Set(phones).size < phones.length ? ["an order is stored twice"] : []),
    ...[...writers.ordered].filter((phone) => !phones.includes(phone)).map((phone) => `the order of ${phone} is lost`),
  ];
}

/** All greetings that are stored up to one, by a stream from the beginning. */
async function readLog(transport: Transport, lastName: string): Promise<SeenGreeting[]> {
  const log: SeenGreeting[] = [];
  for await (const { update } of createClient(GreeterService, transport).watchGreetings({ afterSequence: 0n })) {
    if (update.case !== "greeting") continue;
    log.push({ sequence: Number(update.value.sequence), name: update.value.name });
    if (update.value.name === lastName) break;
  }
  return log;
}

async function readPhones(transport: Transport): Promise<string[]> {
  const orders = createClient(OrderService, transport);
  const phones: string[] = [];
  let pageToken = "";
  do {
    const page = await orders.listOrders({ pageSize: 100, pageToken });
    phones.push(...page.orders.map(({ phone }) => phone));
    pageToken = page.nextPageToken;
  } while (pageToken !== "");
  return phones;
}
