import { fileURLToPath } from "node:url";
import { onServerCore } from "../cores.ts";
import { READER_BOOKS } from "../imported/make-reader.ts";
import type { Row } from "../row.ts";
import { runProgram } from "../run-program.ts";
import type { Purpose } from "../servers/server-spec.ts";

const BOOKS = 300_000;
const READERS = 300_000;
/** For a run that only finds out whether everything works. */
const SMOKE_SIZE = 3_000;

const program = fileURLToPath(new URL("../peers/large-catalogue.ts", import.meta.url));

/** The model of a large catalogue alone, without a call around it. */
export const scoreLarge: Row = {
  name: "score-large",
  title: `scoring ${BOOKS.toLocaleString("en-US")} made-up books and choosing 10 for a reader of ${READER_BOOKS} books, median`,
  unit: "µs",
  startsAnew: true,
  subjects: [{ name: "local ridge", open: async ({ settings }) => ({ sample: () => scoreOnce(settings) }) }],
  targets: [{ of: "local ridge", bound: "≤", value: 200 }],
};

async function scoreOnce({ smoke }: Purpose): Promise<number> {
  const sizes = smoke ? [SMOKE_SIZE, SMOKE_SIZE] : [BOOKS, READERS];
  const report = await runProgram(...onServerCore(process.execPath, [program, ...sizes.map(String)]));
  const [, micros] = /best ten in (\d+) µs/.exec(report) ?? [];
  if (micros === undefined) throw new Error(`it did not say how long it took: ${report}`);
  return Number(micros);
}
