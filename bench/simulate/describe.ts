import { figure } from "../report/figures.ts";
import { table } from "../report/table.ts";
import type { Checked } from "./check-model.ts";
import type { Cost, Costs } from "./costs.ts";
import { eventsOfTopic, eventsReadByProcess, processesWorthARelay, type Span } from "./model.ts";
import type { Sizing } from "./scenarios.ts";

/** The table of costs in Markdown. */
export function describeCosts(costs: Costs): string {
  const times = (name: string, { together, alone }: Cost) => [name, figure(together), figure(alone)];
  return [
    table(
      [
        ["processor time, µs", "together", "alone"],
        times("a call that stores nothing (`Add`)", costs.call),
        times("a list of recommendations (`Recommend`)", costs.list),
        times("a call that stores an event (`SayHello`), at the server", costs.event),
        times("the same, at Postgres", costs.eventInDatabase),
        times("an event that another process has stored, at the one that reads it", costs.read),
        times("the same, at Postgres", costs.readInDatabase),
        times("an event to one stream that watches", costs.delivery),
      ],
      ["left", "right", "right"],
    ),
    table(
      [
        ["beside that", ""],
        ["a process that does nothing", `${(100 * costs.idle).toFixed(1)} % of a core`],
        ["Postgres for it", `${(100 * costs.idleInDatabase).toFixed(1)} % of a core`],
        ["memory of a process", `${figure(costs.processBytes / 1e6)} MB`],
        ["memory of a stream that watches", `${figure(costs.streamBytes / 1e3)} kB`],
        ["an event in the write-ahead log", `${figure(costs.loggedBytes)} bytes`],
        ["an event in the tables", `${figure(costs.storedBytes)} bytes`],
        ["the most events a second of one topic, alone in each batch and together", span(eventsOfTopic(costs))],
        ["the most events a second that a process reads", figure(eventsReadByProcess(costs))],
        ["a batch, from the server to the disk and back", `${figure(1_000 * costs.batchSeconds)} ms`],
        ["processes from which reading costs Postgres more than storing", String(processesWorthARelay(costs))],
      ],
      ["left", "right"],
    ),
  ].join("\n\n");
}

/** The table of what was foretold and what was measured. */
export function describeChecks(checks: readonly Checked[]): string {
  const lines = checks.flatMap(({ processes, predictedServers, servers, predictedDatabase, database }) => [
    [name(processes), span(predictedServers), figure(servers)],
    [`${name(processes)}: Postgres`, figure(predictedDatabase), figure(database)],
  ]);
  return table([["cores", "predicted", "measured"], ...lines], ["left", "right", "right"]);
}

/** The table of what scenarios take. */
export function describeSizings(sizings: readonly Sizing[]): string {
  const lines = sizings.map(({ scenario, processes, bytes, databaseCores, partitions, loggedBytes }) => [
    scenario.name,
    span(processes),
    span({ least: bytes.least / 1e9, most: bytes.most / 1e9 }),
    span(databaseCores),
    String(partitions),
    figure(loggedBytes / 1e6),
  ]);
  return table(
    [["", "processes", "their memory, GB", "cores of Postgres", "topics", "write-ahead log, MB/s"], ...lines],
    ["left", "right", "right", "right", "right", "right"],
  );
}

function name(processes: number): string {
  return processes === 1 ? "one process" : `${processes} processes`;
}

function span({ least, most }: Span): string {
  return least === most ? amount(least) : `${amount(least)} – ${amount(most)}`;
}

function amount(value: number): string {
  return Number.isFinite(value) ? figure(value) : "not possible";
}
