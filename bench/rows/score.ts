import { fileURLToPath } from "node:url";
import { onServerCore } from "../cores.ts";
import { dataFolder, whyNotImported } from "../imported/import-data.ts";
import { READER_BOOKS } from "../imported/make-reader.ts";
import type { Row } from "../row.ts";
import { runProgram } from "../run-program.ts";
import type { Purpose } from "../servers/server-spec.ts";

const program = fileURLToPath(new URL("../peers/score.ts", import.meta.url));

/** The model alone, without a call around it. */
export const score: Row = {
  name: "score",
  title: `scoring all books and choosing 10 for a reader of ${READER_BOOKS} books, median`,
  unit: "µs",
  startsAnew: true,
  subjects: [
    {
      name: "local ridge",
      whyNot: whyNotImported,
      open: async ({ settings }) => ({ sample: () => scoreOnce(settings) }),
    },
  ],
  targets: [{ of: "local ridge", bound: "≤", value: 60 }],
};

async function scoreOnce(purpose: Purpose): Promise<number> {
  const args = [program, dataFolder(purpose) ?? "", String(READER_BOOKS)];
  return Number(await runProgram(...onServerCore(process.execPath, args)));
}
