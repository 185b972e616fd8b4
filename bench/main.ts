// `npm run bench`: measures what is asked for and prints it. Ends with status 1 when a row could not be measured.
import { writeFile } from "node:fs/promises";
import { allRows } from "./all-rows.ts";
import { moveToLoadCore } from "./cores.ts";
import { describeMachine as readMachine } from "./machine.ts";
import { measureRow } from "./measure-row.ts";
import { InvalidOptions, type Options, readOptions, USAGE } from "./options.ts";
import { profileRow } from "./profile/profile-row.ts";
import { describeMachine } from "./report/describe-machine.ts";
import { describeProfile } from "./report/describe-profile.ts";
import { describeRow } from "./report/describe-row.ts";
import { summaryTable } from "./report/summary-table.ts";
import type { RowResult } from "./results.ts";
import type { Row } from "./row.ts";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(USAGE);
  const rows = choose(options.only);
  if (options.list) return console.log(rows.map(({ name, title }) => `${name.padEnd(22)} ${title}`).join("\n"));
  await moveToLoadCore();
  await (options.profile ? profile(rows, options) : compare(rows, options));
}

async function profile(rows: readonly Row[], { seconds, smoke, ownLoads }: Options): Promise<void> {
  console.log(`${describeMachine(await readMachine())}\n`);
  for (const row of rows) {
    const profiles = await profileRow(row, seconds, { smoke, ownLoads, nodeFlags: [] });
    for (const each of profiles) console.log(`${describeProfile(row, each)}\n`);
  }
}

async function compare(rows: readonly Row[], options: Options): Promise<void> {
  const { rounds, seconds, smoke, ownLoads, json } = options;
  const machine = await readMachine();
  console.log(`${describeMachine(machine)}\n${rounds} rounds of ${seconds} s for each contender.\n`);
  const results: RowResult[] = [];
  for (const row of rows) {
    try {
      const result = await measureRow(row, { rounds, seconds, warmUp: !smoke }, { smoke, ownLoads, nodeFlags: [] });
      results.push(result);
      console.log(`${describeRow(result)}\n`);
    } catch (error) {
      process.exitCode = 1;
      console.error(`### ${row.name}: failed\n\n${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  if (results.length > 1) console.log(summaryTable(results));
  if (json !== undefined)
    await writeFile(json, `${JSON.stringify({ ...machine, rounds, seconds, rows: results }, null, 2)}\n`);
}

function choose(names: readonly string[]): readonly Row[] {
  if (names.length === 0) return allRows;
  const unknown = names.find((name) => !allRows.some((row) => row.name.startsWith(name)));
  if (unknown === undefined) return allRows.filter((row) => names.some((name) => row.name.startsWith(name)));
  throw new InvalidOptions(`no such row: ${unknown}; there are ${allRows.map(({ name }) => name).join(", ")}`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof InvalidOptions)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 1;
}
