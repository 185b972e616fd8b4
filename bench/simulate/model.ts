import type { Cost, Costs } from "./costs.ts";

/** What there is to do, each in a second unless it says otherwise. */
export interface Demand {
  /** Streams that are open and watch. */
  readonly watchers: number;
  /** Events that each of them is sent. */
  readonly deliveriesEach: number;
  /** Events that are stored. */
  readonly events: number;
  /** Calls that store nothing, and those for a list of recommendations. */
  readonly calls: number;
  readonly lists: number;
}

/** Who does it. */
export interface Layout {
  readonly processes: number;
  /** The share of all events that each process has to read, 0 to 1: all, unless topics are split and each process has watchers of some of them alone. */
  readonly readShare: number;
}

/** From the least, where calls share turns of the event loop with many, to the most, where each is alone. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

const MICROS = 1e6;
/** More processes than this are taken for none. */
const MOST_PROCESSES = 10_000;

/** How many cores all processes together are busy on. */
export function serverCores(demand: Demand, layout: Layout, costs: Costs): Span {
  const { calls, lists, events, watchers, deliveriesEach } = demand;
  const deliveries = watchers * deliveriesEach;
  const sum = (of: "together" | "alone") =>
    costs.idle * layout.processes +
    (calls * costs.call[of] + lists * costs.list[of] + deliveries * costs.delivery[of]) / MICROS +
    batchedCores(events, layout, costs, costs.event, costs.read);
  return { least: sum("together"), most: sum("alone") };
}

/** How many cores Postgres is busy on. */
export function databaseCores({ events }: Demand, layout: Layout, costs: Costs): number {
  const { eventInDatabase, readInDatabase, idleInDatabase } = costs;
  return idleInDatabase * layout.processes + batchedCores(events, layout, costs, eventInDatabase, readInDatabase);
}

/** What it takes to store events at processes that share them evenly, and to read them at all others. */
function batchedCores(
  events: number,
  { processes, readShare }: Layout,
  { batchSeconds }: Costs,
  stored: Cost,
  read: Cost,
): number {
  const each = events / processes;
  // What a process has stored itself it need not read.
  const readByEach = each * (processes - 1) * readShare;
  return (
    (events * inBatches(stored, each * batchSeconds) +
      processes * readByEach * inBatches(read, readByEach * batchSeconds)) /
    MICROS
  );
}

/** What one of several costs that share a batch. */
function inBatches({ together, alone }: Cost, size: number): number {
  return together + (alone - together) / Math.max(1, size);
}

/** What one process may take. */
export interface Bounds {
  /** The share of the time that it is busy, 0 to 1: what remains is for peaks, and for the work of one that has failed. */
  readonly busyShare: number;
  /** How many streams watch it. */
  readonly streams: number;
}

/**
 * The fewest processes of a core each that stay within their bounds. Infinity where there is no such number: where each has
 * to read so many events of others that there is no time left for anything else.
 */
export function processesFor(demand: Demand, readShare: number, costs: Costs, { busyShare, streams }: Bounds): Span {
  const first = Math.max(1, Math.ceil(demand.watchers / streams));
  const count = (bound: keyof Span) => {
    for (let processes = first; processes <= MOST_PROCESSES; processes++)
      if (serverCores(demand, { processes, readShare }, costs)[bound] <= busyShare * processes) return processes;
    return Number.POSITIVE_INFINITY;
  };
  return { least: count("least"), most: count("most") };
}

/** How many events a second one topic takes at most: its row is held by one batch at a time, and so by one process of Postgres on one core. */
export function eventsOfTopic({ eventInDatabase }: Costs): Span {
  return { least: MICROS / eventInDatabase.alone, most: MICROS / eventInDatabase.together };
}

/** How many events a second a process can read at most, in full batches, if it does nothing else. */
export function eventsReadByProcess({ read }: Costs): number {
  return MICROS / read.together;
}

/** Into how many topics with numbers of their own so many events have to be split, each busy for no more than a share of the time, with full batches. */
export function partitionsFor(events: number, costs: Costs, share: number): number {
  return Math.max(1, Math.ceil(events / (share * eventsOfTopic(costs).most)));
}

/**
 * From how many processes on Postgres does more for those that read events than for those who store them, with full batches: then fewer should read, and
 * hand on what they have read.
 */
export function processesWorthARelay({ eventInDatabase, readInDatabase }: Costs): number {
  return Math.ceil(1 + eventInDatabase.together / readInDatabase.together);
}

/** The memory of all processes, in bytes. */
export function serverBytes({ watchers }: Demand, processes: number, { processBytes, streamBytes }: Costs): number {
  return processes * processBytes + watchers * streamBytes;
}
