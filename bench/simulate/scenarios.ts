import type { Costs } from "./costs.ts";
import {
  type Bounds,
  type Demand,
  databaseCores,
  partitionsFor,
  processesFor,
  type Span,
  serverBytes,
} from "./model.ts";

/** Something that is larger than one machine. */
export interface Scenario {
  readonly name: string;
  readonly demand: Demand;
  /** The share of all events that each process has to read. */
  readonly readShare: number;
}

/** What a scenario takes. */
export interface Sizing {
  readonly scenario: Scenario;
  readonly processes: Span;
  /** Bytes, for as many processes as it takes at least and at most. */
  readonly bytes: Span;
  /** Cores of Postgres beside the fewest processes and beside the most. */
  readonly databaseCores: Span;
  readonly partitions: number;
  /** Bytes a second of the write-ahead log. */
  readonly loggedBytes: number;
}

/** What a process may take: of more streams, an event to all of them would hold up its calls for more than 0.1 to 0.3 seconds. */
const BOUNDS: Bounds = { busyShare: 0.6, streams: 100_000 };

const READERS = 10_000_000;
const SECONDS_A_DAY = 86_400;
/** How often each reader looks at a list and rates a book, a day, and how much more there is of it in the busiest hours than on average. */
const LISTS_A_DAY = 5;
const RATINGS_A_DAY = 1;
const PEAK = 5;

/** Watchers, and events of which each is sent its own tenth of one a second. */
const ownEvents: Demand = { watchers: 1_000_000, deliveriesEach: 0.1, events: 100_000, calls: 0, lists: 0 };

/** What is asked of the model. */
export const scenarios: readonly Scenario[] = [
  {
    name: "1,000,000 watchers of one feed that has an event a second",
    demand: { watchers: 1_000_000, deliveriesEach: 1, events: 1, calls: 0, lists: 0 },
    readShare: 1,
  },
  {
    name: "100,000 events a second, each for one of 1,000,000 watchers; every process reads all",
    demand: ownEvents,
    readShare: 1,
  },
  {
    name: "the same, where a process reads a twentieth of the events: those of its watchers",
    demand: ownEvents,
    readShare: 0.05,
  },
  {
    name: `10,000,000 readers: each looks at ${LISTS_A_DAY} lists a day and rates ${RATINGS_A_DAY} book, ${PEAK} times as many at the peak`,
    demand: {
      ...{ watchers: 0, deliveriesEach: 0, calls: 0 },
      events: (READERS * RATINGS_A_DAY * PEAK) / SECONDS_A_DAY,
      lists: (READERS * LISTS_A_DAY * PEAK) / SECONDS_A_DAY,
    },
    readShare: 1,
  },
];

/** Counts what a scenario takes. */
export function sizeOf(scenario: Scenario, costs: Costs): Sizing {
  const { demand, readShare } = scenario;
  const processes = processesFor(demand, readShare, costs, BOUNDS);
  const besideProcesses = (count: number) =>
    Number.isFinite(count) ? databaseCores(demand, { processes: count, readShare }, costs) : count;
  return {
    scenario,
    processes,
    bytes: {
      least: serverBytes(demand, processes.least, costs),
      most: serverBytes(demand, processes.most, costs),
    },
    databaseCores: {
      least: besideProcesses(processes.least),
      most: besideProcesses(processes.most),
    },
    partitions: partitionsFor(demand.events, costs, BOUNDS.busyShare),
    loggedBytes: demand.events * costs.loggedBytes,
  };
}
