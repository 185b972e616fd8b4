import { defineConfig } from "vitest/config";

export default defineConfig({ test: { name: "wire", include: ["*.test.ts"], setupFiles: ["fail-fast.ts"] } });
