import { randomInt } from "node:crypto";
import { allAttacks } from "@triptych/testkit/survival/all-attacks.ts";
import { attackServer } from "@triptych/testkit/survival/attack-server.ts";
import { mebibytes } from "../figures.ts";
import type { LoadCase } from "../load-case.ts";

/** How long the server is attacked before it is looked at, in milliseconds. */
const ROUND_MS = 20_000;
/** How many strikes of each attack go on at once. */
const AT_ONCE = 8;
/** How much more memory a server may have in use than at its start, in bytes. */
const MOST_GROWTH_BYTES = 400_000_000;

/** The survival test of the suite, longer and with more at once: random bytes, mutated recordings, odd requests and frames, and the rest. */
export const survival: LoadCase = {
  name: "survival",
  title: "all attacks of the survival test at once, for minutes",
  async run({ server, minutes, print }) {
    const failures: string[] = [];
    const { port, pid } = server;
    const end = performance.now() + minutes * 60_000;
    do {
      const seed = randomInt(2 ** 31);
      const options = { port, pid, seed, attacks: allAttacks, milliseconds: ROUND_MS, atOnce: AT_ONCE };
      const { strikes, calm, left, grownBytes = 0 } = await attackServer(options);
      const count = Object.values(strikes).reduce((sum, each) => sum + each, 0);
      const served = `the other client: ${calm.answered} calls, ${calm.failures.length} failed`;
      print(`SURVIVAL_SEED=${seed}: ${count} strikes, ${served}, memory ${mebibytes(grownBytes)} more`);
      if (calm.failures.length > 0) failures.push(`calls of the other client failed: ${calm.failures[0]}`);
      failures.push(...left.map((what) => `left behind: ${what}`));
      if (grownBytes > MOST_GROWTH_BYTES) failures.push(`memory has grown by ${mebibytes(grownBytes)}`);
    } while (performance.now() < end);
    return failures;
  },
};
