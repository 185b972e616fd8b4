import { defineConfig } from "vitest/config";

export default defineConfig({ test: { projects: ["wire", "server", "web", "bench"] } });
