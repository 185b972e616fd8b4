import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "rpc",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    testTimeout: 10_000,
    hookTimeout: 10_000,
  },
});
