import { fileURLToPath } from "node:url";
import { createStaticFiles } from "./listener/static-files.ts";
import { runServer } from "./run-server.ts";

const webApp = fileURLToPath(new URL("../../web/dist", import.meta.url));

await runServer(() => ({ pages: createStaticFiles(webApp) }));
