import { describe, expect, it } from "vitest";
import type { Costs } from "./costs.ts";
import {
  type Demand,
  databaseCores,
  eventsOfTopic,
  eventsReadByProcess,
  partitionsFor,
  processesFor,
  processesWorthARelay,
  serverBytes,
  serverCores,
} from "./model.ts";

const cost = (together: number, alone = 2 * together) => ({ together, alone });
/** One that is the same alone and together. */
const flat = (micros: number) => cost(micros, micros);
const costs: Costs = {
  ...{ call: cost(10), list: cost(100), event: flat(50), eventInDatabase: flat(40), batchSeconds: 0.002 },
  ...{ read: flat(10), readInDatabase: flat(8), delivery: cost(5) },
  ...{ idle: 0.01, idleInDatabase: 0.002, processBytes: 1e8, streamBytes: 1e4, loggedBytes: 500, storedBytes: 200 },
};
const nothing: Demand = { watchers: 0, deliveriesEach: 0, events: 0, calls: 0, lists: 0 };
const layout = (processes: number, readShare = 1) => ({ processes, readShare });

describe("the cores of servers", () => {
  it("are those of each thing that they do, and of doing nothing", () => {
    const demand = { watchers: 1_000, deliveriesEach: 2, events: 1_000, calls: 10_000, lists: 100 };
    expect(serverCores(demand, layout(1), costs).least).toBeCloseTo(0.01 + 0.1 + 0.01 + 0.05 + 0.01);
    expect(serverCores(demand, layout(1), costs).most).toBeCloseTo(0.01 + 0.05 + 2 * 0.12);
  });

  it("shrink for each event with the number of those that share a batch", () => {
    const dear = { ...costs, event: cost(50, 1_050) };
    const busy = (events: number) => serverCores({ ...nothing, events }, layout(1), dear).least - 0.01;
    // Alone, and ten a batch.
    expect(busy(100)).toBeCloseTo((100 * 1_050) / 1e6);
    expect(busy(5_000)).toBeCloseTo((5_000 * 150) / 1e6);
  });

  it("grow by what each process reads of the others", () => {
    const demand = { ...nothing, events: 1_000 };
    const grown = serverCores(demand, layout(4), costs).least - serverCores(demand, layout(1), costs).least;
    expect(grown).toBeCloseTo(3 * (0.01 + 0.01));
    expect(serverCores(demand, layout(4, 0.5), costs).least).toBeCloseTo(0.04 + 0.05 + 0.015);
  });
});

it("the cores of Postgres are those of what is stored and of what each further process reads", () => {
  expect(databaseCores({ ...nothing, events: 1_000 }, layout(3), costs)).toBeCloseTo(0.006 + 0.04 + 0.016);
});

describe("as many processes", () => {
  const bounds = { busyShare: 0.5, streams: 100_000 };

  it("as keep each below its share", () => {
    const demand = { ...nothing, calls: 100_000 };
    const { least } = processesFor(demand, 1, costs, bounds);
    expect(least).toBe(3);
    expect(serverCores(demand, layout(least), costs).least / least).toBeLessThanOrEqual(0.5);
    expect(serverCores(demand, layout(least - 1), costs).least / (least - 1)).toBeGreaterThan(0.5);
  });

  it("as none can be where reading alone takes the share", () => {
    expect(eventsReadByProcess(costs)).toBe(100_000);
    expect(processesFor({ ...nothing, events: 60_000 }, 1, costs, bounds).least).toBe(Number.POSITIVE_INFINITY);
    expect(processesFor({ ...nothing, events: 60_000 }, 0.1, costs, bounds).least).toBe(7);
  });

  it("as one where there is nothing to do", () => {
    expect(processesFor(nothing, 1, costs, bounds)).toEqual({ least: 1, most: 1 });
  });

  it("as leave each no more streams than it may have", () => {
    expect(processesFor({ ...nothing, watchers: 1_000_001 }, 1, costs, bounds)).toEqual({ least: 11, most: 11 });
  });
});

it("a topic is full when one core does nothing but store its events", () => {
  expect(eventsOfTopic({ ...costs, eventInDatabase: cost(40) })).toEqual({ least: 12_500, most: 25_000 });
  expect([1, 12_500, 12_501, 100_000].map((events) => partitionsFor(events, costs, 0.5))).toEqual([1, 1, 2, 8]);
});

it("a relay is worth it when reading costs Postgres more than storing", () => {
  const processes = processesWorthARelay(costs);
  const reads = (count: number) => (count - 1) * costs.readInDatabase.together;
  expect(processes).toBe(6);
  expect(reads(processes)).toBeGreaterThanOrEqual(costs.eventInDatabase.together);
  expect(reads(processes - 1)).toBeLessThan(costs.eventInDatabase.together);
});

it("memory is that of processes and of streams", () => {
  expect(serverBytes({ ...nothing, watchers: 10_000 }, 2, costs)).toBe(3e8);
});
