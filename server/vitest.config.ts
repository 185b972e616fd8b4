import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "server",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    setupFiles: ["@triptych/testkit/fail-fast.ts", "src/testing/leave-nothing.ts"],
  },
});
