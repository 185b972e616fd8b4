import { writeFile } from "node:fs/promises";
import { createHarness, type HarnessSettings } from "./harness.ts";
import { readMachine } from "./machine.ts";
import { measureRow } from "./measure-row.ts";
import type { Options } from "./options.ts";
import { describeMachine } from "./report/describe-machine.ts";
import { describeRow } from "./report/describe-row.ts";
import { summaryTable } from "./report/summary-table.ts";
import type { RowFailure, RowResult } from "./results.ts";
import type { Row } from "./row.ts";

/** Measures rows one after the other, prints what each showed, and writes the file asked for. Resolves with whether all could be measured. */
export async function compareRows(rows: readonly Row[], options: Options): Promise<boolean> {
  const { rounds, seconds, smoke, ownLoads, json } = options;
  const machine = await readMachine();
  console.log(`${describeMachine(machine)}\n${rounds} rounds of ${seconds} s for each subject.\n`);
  const results: RowResult[] = [];
  const failures: RowFailure[] = [];
  const settings: HarnessSettings = { smoke, ownLoads, nodeFlags: [] };
  // Whether something works can be seen on servers that all rows share, but for rows that start their own each round; how fast it is only on fresh ones.
  await using sharedLab = createHarness(settings);
  for (const row of rows) {
    try {
      await using ownLab = createHarness(settings);
      const result = await measureRow(row, { rounds, seconds, warmUp: !smoke }, smoke ? sharedLab : ownLab);
      results.push(result);
      console.log(`${describeRow(result)}\n`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failures.push({ name: row.name, message });
      console.error(`### ${row.name}: failed\n\n${message}\n`);
    }
  }
  if (results.length > 1) console.log(summaryTable(results));
  const report = { ...machine, rounds, seconds, rows: results, failures };
  if (json !== undefined) await writeFile(json, `${JSON.stringify(report, null, 2)}\n`);
  return failures.length === 0;
}
