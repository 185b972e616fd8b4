import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    name: "rpc-web",
    include: ["src/**/*.test.ts", "tests/**/*.test.ts"],
    restoreMocks: true,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
