import { readMachine } from "../machine.ts";
import type { Options } from "../options.ts";
import { describeMachine } from "../report/describe-machine.ts";
import { describeProfile } from "../report/describe-profile.ts";
import type { Row } from "../row.ts";
import { profileRow } from "./profile-row.ts";

/** Looks into our own servers of some rows and prints where their time went. Resolves with true: whatever fails rejects. */
export async function profileRows(rows: readonly Row[], { seconds, smoke, ownLoads }: Options): Promise<boolean> {
  console.log(`${describeMachine(await readMachine())}\n`);
  for (const row of rows) {
    const profiles = await profileRow(row, seconds, { smoke, ownLoads, nodeFlags: [] });
    for (const profile of profiles) console.log(`${describeProfile(row, profile)}\n`);
  }
  return true;
}
