import { importFolder } from "../import-folder.ts";

// Run as a process of its own: imports, and dies as by `kill -9` once it has read so many pieces of the file.
const [folder = "", dataDir = "", step = "", pieces = "0", batchRows = "1"] = process.argv.slice(2);
let seen = 0;
await importFolder({
  folder,
  dataDir,
  now: () => new Date(0),
  onProgress(progress) {
    if (progress.step === step && ++seen > Number(pieces)) process.kill(process.pid, "SIGKILL");
  },
  signal: new AbortController().signal,
  batchRows: Number(batchRows),
});
