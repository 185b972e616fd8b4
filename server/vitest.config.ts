import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "server",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    testTimeout: 10_000,
    hookTimeout: 15_000,
    setupFiles: ["src/testing/fail-fast.ts"],
  },
});
