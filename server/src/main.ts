import { fileURLToPath } from "node:url";
import { runServer } from "./run-server.ts";
import { createStaticFiles } from "./static-files/static-files.ts";

const webApp = fileURLToPath(new URL("../../web/dist", import.meta.url));

await runServer(({ publicOrigin }, logger) => ({
  pages: createStaticFiles(webApp, {
    origin: publicOrigin,
    onError: (error) => logger.warn({ err: error }, "a file of the web app cannot be read"),
  }),
}));
