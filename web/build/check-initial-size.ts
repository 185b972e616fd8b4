import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";
import { type ChunkSize, initialSize } from "./initial-size.ts";

/**
 * Prints how much JavaScript the entry and the code of the heaviest page are, and fails the build when that is more than `limitKb`
 * kilobytes (1 kB = 1,000 bytes, gzip). The code of a protocol, and the parts of a page that wait for the server anyway, load beside them
 * and are not counted.
 */
export function checkInitialSize(limitKb: number): Plugin {
  return {
    name: "triptych:check-initial-size",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const { gzipBytes, page, files } = initialSize(chunkSizes(bundle));
        const summary = `initial JavaScript: ${(gzipBytes / 1000).toFixed(1)} kB gzip in ${files.length} files (heaviest page: ${page.split("/").at(-1)}), at most ${limitKb} kB`;
        if (gzipBytes > limitKb * 1000) this.error(`${summary}: ${files.join(", ")}`);
        this.info(summary);
      },
    },
  };
}

function chunkSizes(bundle: Rolldown.OutputBundle): ChunkSize[] {
  return Object.values(bundle)
    .filter((file) => file.type === "chunk")
    .map((chunk) => ({
      fileName: chunk.fileName,
      isEntry: chunk.isEntry,
      page: chunk.isDynamicEntry ? (chunk.facadeModuleId ?? undefined) : undefined,
      imports: chunk.imports,
      gzipBytes: gzipSync(chunk.code, { level: 9 }).length,
    }));
}
