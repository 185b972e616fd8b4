// A server of several processes, none of which ever gets ready to listen.
import { runServer } from "../src/run-server.ts";

await runServer(() => {
  process.stdout.write("starting\n");
  return new Promise(() => undefined);
});
