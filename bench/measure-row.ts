import { createHarness, type Harness, type HarnessSettings } from "./harness.ts";
import { judge, type RowResult, type SubjectResult } from "./results.ts";
import type { Measurement, Row, Subject } from "./row.ts";
import { summarize } from "./statistics.ts";

/** How a row is measured. */
export interface Schedule {
  readonly rounds: number;
  /** How long each subject is measured in a round, in seconds. */
  readonly seconds: number;
  /** Measures each once before the rounds that count, or within each where its servers are fresh, so that code that gets faster with use has. */
  readonly warmUp: boolean;
}

/** What a subject did in one round, or in one turn of it. */
interface Sample {
  readonly value: number;
  /** The share of the time that its server was on a processor; undefined where that is not known. */
  readonly busy: number | undefined;
}

interface Measured {
  readonly subject: Subject;
  readonly samples: Sample[];
}

interface Opened extends Measured {
  readonly measurement: Measurement;
}

/**
 * For how long a server that is fresh is warmed up, in seconds. The app trains a model when it starts, and V8 compiles once more, and
 * later, what is called often.
 */
const WARM_UP_SECONDS = 5;
/** For how long one subject is measured before it is the turn of the next, where they take turns, in seconds. */
const TURN_SECONDS = 0.2;

/**
 * Measures all subjects of a row that can run here, in rounds: one after the other within each, every other round in reverse, so
 * that whatever changes on the machine meanwhile meets all of them. Rejects when one of them does not do its work.
 */
export async function measureRow(row: Row, schedule: Schedule, harness: Harness): Promise<RowResult> {
  const measured: Measured[] = [];
  const leftOut: RowResult["leftOut"][number][] = [];
  for (const subject of row.subjects) {
    const reason = subject.whyNot?.(harness.settings);
    if (reason === undefined) measured.push({ subject, samples: [] });
    else leftOut.push({ name: subject.name, reason });
  }
  if (row.freshEachRound === true) await measureFreshEachRound(measured, schedule, harness.settings);
  else await measureRounds(measured, { ...schedule, warmUp: schedule.warmUp && row.startsAnew !== true }, harness);
  const results = measured.map((each) => resultOf(each, row.unit));
  return {
    name: row.name,
    title: row.title,
    unit: row.unit,
    contenders: results,
    leftOut,
    targets: judge(row.targets, results),
  };
}

async function measureRounds(measured: readonly Measured[], schedule: Schedule, harness: Harness): Promise<void> {
  const { rounds, seconds, warmUp } = schedule;
  const opened = await openAll(measured, harness);
  if (warmUp) for (const one of opened) await take(one, seconds);
  for (let round = 0; round < rounds; round++) {
    for (const one of inOrder(opened, round)) one.samples.push(await take(one, seconds));
  }
}

/** Each turn is a sample of its own: it is compared with that of the other beside it. */
async function measureFreshEachRound(
  measured: readonly Measured[],
  { rounds, seconds, warmUp }: Schedule,
  settings: HarnessSettings,
): Promise<void> {
  const turns = Math.max(1, Math.round(seconds / TURN_SECONDS));
  for (let round = 0; round < rounds; round++) {
    await using harness = createHarness(settings);
    const opened = await openAll(inOrder(measured, round), harness);
    if (warmUp) for (const one of opened) await take(one, WARM_UP_SECONDS);
    for (let turn = 0; turn < turns; turn++) {
      for (const one of inOrder(opened, turn)) one.samples.push(await take(one, seconds / turns));
    }
  }
}

function inOrder<T>(each: readonly T[], round: number): readonly T[] {
  return round % 2 === 0 ? each : each.toReversed();
}

async function openAll(measured: readonly Measured[], harness: Harness): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (const one of measured) opened.push({ ...one, measurement: await named(one.subject, one.subject.open(harness)) });
  return opened;
}

async function take({ subject, measurement: { sample, server } }: Opened, seconds: number): Promise<Sample> {
  const start = performance.now();
  const before = server?.processorSeconds();
  const value = await named(subject, sample(seconds));
  const after = server?.processorSeconds();
  if (before === undefined || after === undefined) return { value, busy: undefined };
  return { value, busy: (after - before) / ((performance.now() - start) / 1_000) };
}

function resultOf({ subject, samples }: Measured, unit: string): SubjectResult {
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
