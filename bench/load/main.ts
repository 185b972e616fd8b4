// `npm run load`: puts the real server under load and under attack, and prints how it bore that.
import { parseArgs } from "node:util";
import { readMetric } from "@triptych/testkit/clients/read-metric.ts";
import { moveToLoadCore } from "../cores.ts";
import { app } from "../servers/app.ts";
import { startServer } from "../servers/start-server.ts";
import { attacks, slow } from "./cases/attacks.ts";
import { fair } from "./cases/fair.ts";
import { replicas } from "./cases/replicas.ts";
import { soak } from "./cases/soak.ts";
import { streams } from "./cases/streams.ts";
import { survival } from "./cases/survival.ts";
import type { LoadCase } from "./load-case.ts";

const cases: readonly LoadCase[] = [attacks, slow, fair, streams, replicas, soak, survival];

const { values } = parseArgs({
  options: { only: { type: "string", multiple: true }, minutes: { type: "string", default: "10" } },
});
const minutes = Number(values.minutes);
const wanted = cases.filter(({ name }) => values.only === undefined || values.only.includes(name));
if (wanted.length === 0 || !(minutes > 0)) {
  const names = cases.map(({ name }) => name).join(", ");
  process.stderr.write(
    `npm run load -- [--only NAME]… [--minutes N]\n\nNAME is one of ${names}; N, the minutes of soak and of survival, is above 0\n`,
  );
  process.exit(2);
}

await moveToLoadCore();
process.stdout.write(`${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}\n`);
let failed = 0;
for (const loadCase of wanted) failed += await runCase(loadCase);
process.exit(failed === 0 ? 0 : 1);

/** Runs a case against a server of its own; returns how much did not hold. */
async function runCase({ name, title, run }: LoadCase): Promise<number> {
  process.stdout.write(`\n${name}: ${title}\n`);
  const server = await startServer(app, { smoke: false });
  const baseUrl = `http://127.0.0.1:${server.port}`;
  const print = (line: string) => process.stdout.write(`  ${line}\n`);
  try {
    const metric = (metricName: string, labels = {}) => readMetric(baseUrl, metricName, labels);
    const failures = await run({ server, baseUrl, minutes, print, metric });
    for (const failure of failures) print(`DOES NOT HOLD: ${failure}`);
    return failures.length;
  } finally {
    await server.stop();
  }
}
