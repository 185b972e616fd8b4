// `npm run bench`: does what the command line asks for. Ends with status 1 when a row could not be measured.
import { allRows } from "./all-rows.ts";
import { compareRows } from "./compare-rows.ts";
import { moveToLoadCore } from "./cores.ts";
import { InvalidOptions, readOptions, USAGE } from "./options.ts";
import { profileRows } from "./profile/profile-rows.ts";
import type { Row } from "./row.ts";
import { simulate } from "./simulate/simulate.ts";

async function main(): Promise<boolean> {
  const options = readOptions(process.argv.slice(2));
  const rows = choose(options.only);
  if (options.help || options.list) {
    console.log(options.help ? USAGE : rows.map(({ name, title }) => `${name.padEnd(22)} ${title}`).join("\n"));
    return true;
  }
  await moveToLoadCore();
  if (options.simulate) return simulate(options);
  return options.profile ? profileRows(rows, options) : compareRows(rows, options);
}

function choose(names: readonly string[]): readonly Row[] {
  const unknown = names.find((name) => !allRows.some((row) => row.name.startsWith(name)));
  if (unknown !== undefined)
    throw new InvalidOptions(`no such row: ${unknown}; there are ${allRows.map(({ name }) => name).join(", ")}`);
  return names.length === 0 ? allRows : allRows.filter((row) => names.some((name) => row.name.startsWith(name)));
}

// Ends in order, so that no server outlives this process.
process.on("SIGINT", () => process.exit(130));
process.on("SIGTERM", () => process.exit(143));
try {
  if (!(await main())) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof InvalidOptions)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 1;
}
