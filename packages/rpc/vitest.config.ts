import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "rpc",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
