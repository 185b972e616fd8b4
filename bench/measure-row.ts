import type { Harness } from "./harness.ts";
import { judge, type RowResult, type SubjectResult } from "./results.ts";
import type { Measurement, Row, Subject } from "./row.ts";
import { summarize } from "./statistics.ts";

/** How a row is measured. */
export interface Schedule {
  readonly rounds: number;
  /** How long each subject is measured in a round, in seconds. */
  readonly seconds: number;
  /** Measures each once before the rounds that count, so that code that gets faster with use has. */
  readonly warmUp: boolean;
}

/** What a subject did in one round. */
interface Sample {
  readonly value: number;
  /** The share of the time that its server was on a processor; undefined where that is not known. */
  readonly busy: number | undefined;
}

interface Opened {
  readonly subject: Subject;
  readonly measurement: Measurement;
  readonly samples: Sample[];
}

/**
 * Measures all subjects of a row that can run here, in rounds: one after the other within each, every other round in reverse, so
 * that whatever changes on the machine meanwhile meets all of them. Rejects when one of them does not do its work.
 */
export async function measureRow(row: Row, schedule: Schedule, harness: Harness): Promise<RowResult> {
  const opened: Opened[] = [];
  const leftOut: RowResult["leftOut"][number][] = [];
  for (const subject of row.subjects) {
    const reason = subject.whyNot?.(harness.settings);
    if (reason !== undefined) leftOut.push({ name: subject.name, reason });
    else opened.push({ subject, measurement: await named(subject, subject.open(harness)), samples: [] });
  }
  if (schedule.warmUp && row.startsAnew !== true)
    for (const { subject, measurement } of opened) await take(subject, measurement, schedule.seconds);
  for (let round = 0; round < schedule.rounds; round++) {
    const order = round % 2 === 0 ? opened : opened.toReversed();
    for (const { subject, measurement, samples } of order) {
      samples.push(await take(subject, measurement, schedule.seconds));
    }
  }
  const results = opened.map((each) => resultOf(each, row.unit));
  return {
    name: row.name,
    title: row.title,
    unit: row.unit,
    contenders: results,
    leftOut,
    targets: judge(row.targets, results),
  };
}

async function take(subject: Subject, { sample, server }: Measurement, seconds: number): Promise<Sample> {
  const start = performance.now();
  const before = server?.processorSeconds();
  const value = await named(subject, sample(seconds));
  const after = server?.processorSeconds();
  if (before === undefined || after === undefined) return { value, busy: undefined };
  return { value, busy: (after - before) / ((performance.now() - start) / 1_000) };
}

function resultOf({ subject, samples }: Opened, unit: string): SubjectResult {
  const values = samples.map(({ value }) => value);
  const busy = samples.flatMap((sample) => sample.busy ?? []);
  const costs = samples.flatMap(({ busy, value }) => (busy === undefined ? [] : (busy / value) * 1e6));
  return {
    name: subject.name,
    samples: values,
    ...summarize(values),
    ...(busy.length > 0 && { busy: summarize(busy).median }),
    ...(costs.length > 0 && unit.endsWith("/s") && { microsEach: summarize(costs).median }),
  };
}

async function named<T>(subject: Subject, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new Error(`${subject.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
