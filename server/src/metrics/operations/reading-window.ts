import type { Read, Reading } from "./readings.ts";

/** How far back what is recent reaches, and how far apart the readings are that are kept for it, in milliseconds. */
const RECENT_MS = 60_000;
const APART_MS = 5_000;

/** The readings of the last minute, a few seconds apart, to tell by how much counts have grown since. */
export class ReadingWindow {
  private readings: readonly Reading[];

  constructor(first: Reading) {
    this.readings = [first];
  }

  /** Takes a reading, unless there is one that is hardly older; forgets those that are too old to be the first of a minute. */
  add(reading: Reading): void {
    const last = this.readings.at(-1);
    if (last !== undefined && reading.at - last.at < APART_MS) return;
    const kept = [...this.readings, reading];
    const start = kept.findLastIndex(({ at }) => at <= reading.at - RECENT_MS);
    this.readings = kept.slice(Math.max(0, start));
  }

  /** By how much counts have grown until a reading, and in how many seconds. */
  until(reading: Reading): Growth {
    const [first = reading] = this.readings;
    const before = new Map<string, number>();
    for (const [name, reads] of first.samples) for (const read of reads) before.set(keyOf(name, read), read.value);
    return {
      seconds: (reading.at - first.at) / 1_000,
      of: (name, read) => Math.max(0, read.value - (before.get(keyOf(name, read)) ?? 0)),
    };
  }
}

/** By how much counts have grown. */
export interface Growth {
  readonly seconds: number;
  /** That of a sample, which is as many as it has where it is new. */
  of(name: string, read: Read): number;
}

function keyOf(name: string, { labels }: Read): string {
  return `${name} ${JSON.stringify(labels)}`;
}
