import { join } from "node:path";
import { readConfig } from "./config.ts";
import { describeImport } from "./importing/describe-import.ts";
import { explainImportError } from "./importing/explain-import-error.ts";
import { IMPORT_USAGE, type ImportArguments, parseImportArguments } from "./importing/import-arguments.ts";
import { importFolder } from "./importing/import-folder.ts";
import { createProgressLines } from "./importing/progress-lines.ts";
import { importIntoDatabase } from "./storage/postgres/shared-library.ts";

// The command `npm run import`: everything else is in functions, so that tests can call it.
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_STOPPED = 130;

const request = readRequest();
if (request !== undefined) await run(request);

function readRequest() {
  try {
    const { dataDir, database } = readConfig(process.env);
    const databaseUrl = database?.url;
    // A server of the database may have its copy of the library in this folder, too.
    const folderOfImport = databaseUrl === undefined ? dataDir : join(dataDir, "import");
    return { ...parseImportArguments(process.argv.slice(2)), dataDir: folderOfImport, databaseUrl };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${IMPORT_USAGE}`);
    process.exitCode = EXIT_USAGE;
    return undefined;
  }
}

interface ImportRequest extends ImportArguments {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
}

async function run({ folder, allowEmpty, dataDir, databaseUrl }: ImportRequest): Promise<void> {
  const { stderr } = process;
  const progress = createProgressLines({
    write: (text) => void stderr.write(text),
    isTerminal: stderr.isTTY,
    columns: () => stderr.columns || 80,
    now: () => performance.now(),
  });
  const stop = new AbortController();
  // The second time it ends at once, which does no harm either.
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  const started = performance.now();
  try {
    const importIntoFolder = () =>
      importFolder({
        folder,
        dataDir,
        allowEmpty,
        now: () => new Date(),
        onProgress: progress.show,
        signal: stop.signal,
      });
    const outcome = await (databaseUrl === undefined
      ? importIntoFolder()
      : importIntoDatabase(databaseUrl, dataDir, importIntoFolder));
    progress.clear();
    process.stdout.write(describeImport(outcome, (performance.now() - started) / 1_000));
  } catch (error) {
    progress.clear();
    stderr.write(
      stop.signal.aborted
        ? "stopped: run the same command again to go on from here; until then the server has what it had\n"
        : `${explainImportError(error, dataDir)}\n`,
    );
    process.exitCode = stop.signal.aborted ? EXIT_STOPPED : EXIT_FAILED;
  }
}
