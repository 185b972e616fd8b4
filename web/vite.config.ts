import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { checkInitialSize } from "./build/check-initial-size.ts";
import { pageDocuments } from "./build/page-documents.ts";
import { precompress } from "./build/precompress.ts";
import { preloadFont } from "./build/preload-font.ts";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), preloadFont(), checkInitialSize(160), pageDocuments(), precompress()],
  // Found only once a page asks for it, it would have the server bundle again and load the page again in the middle of a visit.
  optimizeDeps: { include: ["@connectrpc/connect/protocol"] },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    target: ["chrome123", "firefox128", "safari17.5"],
    // Inlined assets would need `data:` in more places of the content security policy than images.
    assetsInlineLimit: 0,
    // All of these browsers know modulepreload.
    modulePreload: { polyfill: false },
    // What most of the pages share is one file: it compresses better than twenty, and is asked for once.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "shared", minShareCount: 6 }] } } },
    reportCompressedSize: false,
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}", "build/**/*.test.ts"],
    setupFiles: ["./src/test/setup.ts"],
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
