import { defineConfig } from "vitest/config";

export default defineConfig({ test: { projects: ["wire", "packages/rpc", "server", "web", "bench"] } });
