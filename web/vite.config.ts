import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { checkInitialSize } from "./build/check-initial-size.ts";
import { pageDocuments } from "./build/page-documents.ts";
import { precompress } from "./build/precompress.ts";
import { preloadFont } from "./build/preload-font.ts";
import { readProjectLinks } from "./build/project-links.ts";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), preloadFont(), checkInitialSize(160), pageDocuments(), precompress()],
  // wouter asks for a stand-in for a hook that React has had since version 18.
  resolve: { alias: [{ find: /^use-sync-external-store\/shim(\/index\.js)?$/, replacement: "react" }] },
  define: { PROJECT_LINKS: JSON.stringify(readProjectLinks()) },
  // Found only once a page asks for it, it would have the server bundle again and load the page again in the middle of a visit.
  optimizeDeps: { include: ["@connectrpc/connect/protocol"] },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    target: ["chrome123", "firefox128", "safari17.5"],
    // Inlined assets would need `data:` in more places of the content security policy than images.
    assetsInlineLimit: 0,
    modulePreload: {
      // All of these browsers know it.
      polyfill: false,
      // A list of all that each part imports would be more than a kilobyte of the first load: pages load theirs at once, and other parts load
      // their style sheets with them, and what they import after. What every document loads needs no mention.
      resolveDependencies: (file, dependencies, { hostType }) =>
        hostType === "html"
          ? dependencies
          : dependencies.filter(
              (path) =>
                (/-page-[\w-]{8}\.js$/.test(file) || path.endsWith(".css")) &&
                !/\/(shared|rolldown-runtime)-[\w-]{8}\.(js|css)$/.test(path),
            ),
    },
    // What most of the pages share is one file: it compresses better than twenty, and is asked for once. The small things that some pages
    // begin with are another, so is what makes calls, and what opens lists is left to the pages that have some.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "shared", minShareCount: 8, test: /^(?!.*\/components\/(Combobox|Transition)\/)/ },
            {
              name: "often",
              minShareCount: 2,
              test: /use-uncontrolled|DirectionProvider|create-safe-context|use-service-client|live_pb|(timestamp|duration)_pb|icons\/IconSearch|length-problem|retry\/pushback/,
            },
            {
              // What the page of books and those of single books begin with.
              name: "reading",
              minShareCount: 2,
              includeDependenciesRecursively: false,
              test: /features\/books\/(use-recovery|basket\/basket-context|details\/open-book-context|rating\/(use-|ratings-context|known-ratings|rating-writer|reader-ratings)|recommendations\/(use-recommendations|use-fresh|ranked-list|list-options|not-for-me))/,
            },
            {
              name: "calls",
              minShareCount: 2,
              // Else the pages that use one of them, and make no calls, would load what the others need.
              includeDependenciesRecursively: false,
              test: /use-one-call|IconPlayerStopFilled|use-collected-stream|append-bounded|isolated-|use-stick-to-end/,
            },
          ],
        },
      },
    },
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
