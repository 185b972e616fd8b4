import type { MethodFigures, WatchOperationsResponse } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { durationText } from "../../text/amount-text.ts";
import { limitName } from "./limit-name.ts";
import type { OperationsSample } from "./operations-history.ts";

/** Something that stands out, and where to look first. */
export interface Finding {
  /** What it is: a sentence. */
  readonly text: string;
  /** What to do about it: a sentence. */
  readonly advice: string;
}

/** How far back what stands out reaches, in seconds. */
const RECENT = 60;
/** From when on a write has waited for long, a disk is slow and a turn of the event loop is long, in seconds. */
const LONG_LAG = 1;
const SLOW_SYNC = 0.25;
const LONG_TURN = 0.25;

/** What stands out in the figures of a server and in how they went, the worst first; nothing where all is well. */
export function findTrouble(
  figures: WatchOperationsResponse,
  samples: readonly OperationsSample[],
): readonly Finding[] {
  return [
    ...figures.methods.flatMap(faultOf),
    ...figures.methods.flatMap(troubleOf),
    ...refusals(figures),
    ...storeTrouble(figures),
    ...eventLoopTrouble(figures, samples),
    ...modelTrouble(figures),
  ];
}

function faultOf({ method, recentFaults }: MethodFigures): readonly Finding[] {
  if (recentFaults === 0n) return [];
  const times = recentFaults === 1n ? "once" : `${recentFaults} times`;
  return [
    {
      text: `${shortName(method)} has failed ${times} by a fault of the server.`,
      advice: "The log has the error: look there for the trace of a call below.",
    },
  ];
}

function troubleOf({ method, protocols }: MethodFigures): readonly Finding[] {
  const codes = protocols.flatMap((protocol) => protocol.codes);
  const troubled = codes.filter(({ isTrouble, recent, code }) => isTrouble && recent > 0n && !isFault(code));
  if (troubled.length === 0) return [];
  const count = troubled.reduce((sum, { recent }) => sum + recent, 0n);
  const all = codes.reduce((sum, { recent }) => sum + recent, 0n);
  const named = [...new Set(troubled.map(({ code }) => code))].join(", ");
  return [
    {
      text: `${shortName(method)}: ${count} of ${all} calls ended with ${named}.`,
      advice: "The server lacked time, room or a working store: look at what is slow or refused below.",
    },
  ];
}

/** Codes that are those of faults, of which the faults tell. */
function isFault(code: string): boolean {
  return code === "Internal" || code === "Unknown" || code === "DataLoss";
}

function refusals({ refusals: limits }: WatchOperationsResponse): readonly Finding[] {
  return limits
    .filter(({ recent }) => recent > 0n)
    .map((limit) => ({
      text: `${limit.recent.toLocaleString("en")} refused: ${limitName(limit)
        .toLowerCase()
        .replace(/\(.*\)/, (setting) => setting.toUpperCase())}.`,
      advice:
        "One client may ask for too much, or there is more to do than the server may take: compare with the calls a second.",
    }));
}

function storeTrouble({ store }: WatchOperationsResponse): readonly Finding[] {
  if (store === undefined) return [];
  const found: Finding[] = [];
  if (store.lagSeconds > LONG_LAG)
    found.push({
      text: `A write has waited for ${durationText(store.lagSeconds * 1_000)}, and ${store.pendingWrites} are not durable.`,
      advice: "The disk does not answer, or another process has locked the store: the log says which.",
    });
  const sync = store.recentSyncs?.p99Seconds ?? 0;
  if (sync > SLOW_SYNC)
    found.push({
      text: `The disk is slow: of a hundred syncs one took ${durationText(sync * 1_000)} or longer.`,
      advice: "Something else may write to it, or it may be about to fail.",
    });
  return found;
}

/** Each message has the longest turn since the one before. */
function eventLoopTrouble(
  { uptimeSeconds }: WatchOperationsResponse,
  samples: readonly OperationsSample[],
): readonly Finding[] {
  const recent = samples.filter(({ at }) => at > uptimeSeconds - RECENT);
  const turn = Math.max(0, ...recent.map(({ eventLoopMs }) => eventLoopMs));
  if (turn <= LONG_TURN * 1_000) return [];
  return [
    {
      text: `In the last minute a turn of the event loop took ${durationText(turn)}, and held up all calls.`,
      advice: "A large message or a long computation: the busiest methods below say which.",
    },
  ];
}

function modelTrouble({ model }: WatchOperationsResponse): readonly Finding[] {
  if (model?.hasFailed !== true) return [];
  return [
    {
      text: "The latest training of the model has failed.",
      advice: "The one before is served on; the page Books says why it failed.",
    },
  ];
}

/** The name of a method without its package. */
export function shortName(method: string): string {
  return method.slice(method.lastIndexOf(".") + 1);
}
