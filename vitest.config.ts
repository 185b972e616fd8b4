import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: ["wire", "packages/rpc", "packages/rpc-web", "packages/testkit", "server", "web", "bench"],
    // Vitest leaves one core to itself, which on a machine with two is half of it.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
