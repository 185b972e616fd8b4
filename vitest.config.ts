import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { projects: ["wire", "packages/rpc", "packages/rpc-web", "packages/testkit", "server", "web", "bench"] },
});
