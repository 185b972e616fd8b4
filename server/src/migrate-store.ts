import { InvalidConfig, readConfig } from "./config.ts";
import { explainStart } from "./explain-start.ts";
import { copyStore } from "./storage/copy-store.ts";

// The command `npm run migrate-store`: copies the store of DATA_DIR into the database of DATABASE_URL, which must be empty.
let dataDir: string | undefined;
try {
  const config = readConfig(process.env);
  if (config.database === undefined)
    throw new InvalidConfig("DATABASE_URL is missing: it names the database to copy into");
  dataDir = config.dataDir;
  const copied = await copyStore(dataDir, config.database.url);
  process.stdout.write(`${copied}; start the servers with DATABASE_URL from now on\n`);
} catch (error) {
  process.stderr.write(`${explainStart(error, dataDir).replace(/^could not start/, "could not copy the store")}\n`);
  process.exitCode = 1;
}
