import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { name: "wire", include: ["*.test.ts"], setupFiles: ["@triptych/testkit/fail-fast.ts"] },
});
