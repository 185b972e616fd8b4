import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { findGoodbooks } from "@triptych/testkit/goodbooks-folder.ts";
import { cache, root } from "../paths.ts";
import { runProgram } from "../run-program.ts";
import { appIn } from "../servers/app.ts";
import type { Purpose } from "../servers/server-spec.ts";
import { startServer } from "../servers/start-server.ts";
import { untilModelServed } from "./until-model-served.ts";

/** The part of goodbooks-10k to import: a sample is enough to see that things work. */
const partFor = ({ smoke }: Purpose) => (smoke ? "sample" : "full");

/** The folder of goodbooks-10k to import; undefined where there is none. */
export function dataFolder(purpose: Purpose): string | undefined {
  return findGoodbooks(partFor(purpose));
}

/** Says why nothing can be imported on this machine; undefined when something can. */
export function whyNotImported(purpose: Purpose): string | undefined {
  return dataFolder(purpose) === undefined ? `there is no folder ${partFor(purpose)} in GOODBOOKS_DIR` : undefined;
}

/** Imports into the data folder of a server. Does nothing where all is there already. */
export async function importData(data: string, purpose: Purpose): Promise<void> {
  const folder = dataFolder(purpose);
  if (folder === undefined) throw new Error(whyNotImported(purpose));
  await mkdir(data, { recursive: true });
  await runProgram(process.execPath, [join(root, "server", "src", "import.ts"), folder], { DATA_DIR: data });
}

const trained = new Map<string, Promise<string>>();

/** A data folder with everything imported and a model trained, to be copied; made once in a run, out of what runs before it have left. */
export function trainedData(purpose: Purpose): Promise<string> {
  const part = partFor(purpose);
  const data = trained.get(part) ?? train(join(cache, `imported-${part}`), purpose);
  trained.set(part, data);
  return data;
}

async function train(data: string, purpose: Purpose): Promise<string> {
  await importData(data, purpose);
  const server = await startServer(
    appIn("app", () => data),
    purpose,
  );
  try {
    await untilModelServed(server);
  } finally {
    await server.stop();
  }
  return data;
}
