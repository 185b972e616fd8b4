import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createHarness, type HarnessSettings } from "../harness.ts";
import { cache } from "../paths.ts";
import type { Row, Subject } from "../row.ts";
import { attributeTime, type TimeSpent } from "./attribute-time.ts";
import { type CpuProfile, profileNow } from "./cpu-profile.ts";

/** Where the time of one server went while it was measured. */
export interface ServerProfile extends TimeSpent {
  readonly name: string;
  /** What the server did meanwhile, in the unit of the row. */
  readonly value: number;
  /** How long it was measured, in seconds. */
  readonly seconds: number;
  /** The profile itself, for other tools. */
  readonly file: string;
}

/** How often a profile looks at what is running, in microseconds. */
const INTERVAL = 250;

/** Runs each of our own servers of a row under the profiler: first to warm up, then for the span that counts. */
export async function profileRow(row: Row, seconds: number, settings: HarnessSettings): Promise<ServerProfile[]> {
  const profiles: ServerProfile[] = [];
  for (const subject of row.subjects) {
    const able = subject.server?.ours === true && subject.whyNot?.(settings) === undefined;
    if (able) profiles.push(await profileSubject(subject, seconds, settings));
  }
  return profiles;
}

async function profileSubject(subject: Subject, seconds: number, settings: HarnessSettings): Promise<ServerProfile> {
  const folder = join(cache, "profiles");
  await mkdir(folder, { recursive: true });
  const nodeFlags = ["--cpu-prof", `--cpu-prof-dir=${folder}`, `--cpu-prof-interval=${INTERVAL}`];
  const { pid, value, span } = await measure(subject, seconds, { ...settings, nodeFlags });
  const file = join(folder, await profileOf(folder, pid));
  const spent = attributeTime(JSON.parse(await readFile(file, "utf8")) as CpuProfile, span);
  return { name: subject.name, value, seconds: (span.end - span.start) / 1e6, file, ...spent };
}

/** Leaves only when the server has ended: that is when it writes its profile. */
async function measure(subject: Subject, seconds: number, settings: HarnessSettings) {
  await using harness = createHarness(settings);
  const { server, sample } = await subject.open(harness);
  if (server === undefined) throw new Error(`${subject.name} has no server of its own to look into`);
  await sample(seconds);
  const start = profileNow();
  const value = await sample(seconds);
  return { pid: server.pid, value, span: { start, end: profileNow() } };
}

/** The profile of a process's main thread; workers write their own. */
async function profileOf(folder: string, pid: number): Promise<string> {
  const name = (await readdir(folder)).find((file) => file.includes(`.${pid}.0.`));
  if (name === undefined) throw new Error(`the server left no profile in ${folder}`);
  return name;
}
