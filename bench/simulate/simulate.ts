import { createHarness } from "../harness.ts";
import { readMachine } from "../machine.ts";
import type { Options } from "../options.ts";
import { describeMachine } from "../report/describe-machine.ts";
import { noPostgres, openPostgres } from "../servers/app-on-postgres.ts";
import { CHECKED_DEMAND, type Checked, checkModel } from "./check-model.ts";
import { describeChecks, describeCosts, describeSizings } from "./describe.ts";
import { measureCosts } from "./measure-costs.ts";
import { scenarios, sizeOf } from "./scenarios.ts";

/** Measures what things cost here, checks the model by what one and two processes do, and prints what larger loads would take. Resolves with whether it could. */
export async function simulate({ seconds, smoke, ownLoads }: Options): Promise<boolean> {
  if (noPostgres !== undefined) {
    console.log(`left out: ${noPostgres}`);
    return true;
  }
  console.log(`${describeMachine(await readMachine())}\n${seconds} s for each cost.\n`);
  await using harness = createHarness({ smoke, ownLoads, nodeFlags: [] });
  const costs = await withPostgres((postgres) => measureCosts(harness, postgres, seconds));
  console.log(`### What things cost\n\n${describeCosts(costs)}\n`);
  const checks: Checked[] = [];
  for (const processes of [1, 2])
    checks.push(await withPostgres((postgres) => checkModel(harness, postgres, { costs, processes, seconds })));
  const { watchers, events, calls } = CHECKED_DEMAND;
  const work = `about ${calls} calls a second that store nothing, and ${events} that store an event, each of which ${watchers} streams are sent`;
  console.log(`### Predicted beside measured: ${work}\n\n${describeChecks(checks)}\n`);
  console.log(`### What larger loads take\n\n${describeSizings(scenarios.map((each) => sizeOf(each, costs)))}`);
  return true;
}

async function withPostgres<T>(use: (postgres: Awaited<ReturnType<typeof openPostgres>>) => Promise<T>): Promise<T> {
  const postgres = await openPostgres();
  try {
    return await use(postgres);
  } finally {
    await postgres.close();
  }
}
