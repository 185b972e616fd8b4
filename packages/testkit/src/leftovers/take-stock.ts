import { readdirSync, readlinkSync } from "node:fs";
import { openTimers, watchTimers } from "./open-timers.ts";

/** How many there are of each thing, by its name. */
export type Stock = Readonly<Record<string, number>>;

/** The timers that all calls in flight and all HTTP/2 connections share. They stop by themselves when there are none, which takes a moment. */
const LATE_TIMER = /^(?:call\/calls-in-flight|http2\/(?:sweeper|response-date))/;

/**
 * Counts what this process holds: listeners of its own events, what keeps it alive, timers of the server, descriptors where they can be read.
 * Leaves out what takes a second to stop, but for `late`.
 */
export function takeProcessStock({ late = false } = {}): Stock {
  watchTimers();
  const timers = Object.entries(openTimers()).filter(([origin]) => late || !LATE_TIMER.test(origin));
  return {
    ...named("listener of the process", countListeners()),
    ...named("active", countOf(process.getActiveResourcesInfo())),
    ...named("timer", Object.fromEntries(timers)),
    ...named("descriptor", countOf(openDescriptors())),
  };
}

/** What there is more of than before: `name: before → now`. */
export function moreThan(before: Stock, now: Stock): string[] {
  return Object.entries(now)
    .filter(([name, count]) => count > (before[name] ?? 0))
    .map(([name, count]) => `${name}: ${before[name] ?? 0} → ${count}`);
}

function countListeners(): Stock {
  return Object.fromEntries(process.eventNames().map((event) => [String(event), process.listenerCount(event)]));
}

/** What each descriptor is open on; sockets, pipes and the like without their numbers. Empty where the system does not say. */
function openDescriptors(): string[] {
  try {
    return readdirSync("/proc/self/fd").flatMap(targetOf);
  } catch {
    return [];
  }
}

function targetOf(descriptor: string): string[] {
  try {
    return [readlinkSync(`/proc/self/fd/${descriptor}`).replace(/\[\d+\]$/, "")];
  } catch {
    // That of the listing itself is closed by now.
    return [];
  }
}

function countOf(names: readonly string[]): Stock {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function named(kind: string, counts: Stock): Stock {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${kind} ${name}`, count]));
}
