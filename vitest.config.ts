import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["wire", "packages/rpc", "packages/rpc-web", "packages/testkit", "server", "web", "bench"],
    // One more than cores: tests wait for time-outs and other processes more than they compute. Vitest's own default is one less.
    maxWorkers: availableParallelism() + 1,
  },
});
