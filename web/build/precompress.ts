import { promisify } from "node:util";
import { brotliCompress, gzip, constants as zlib } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

const compressible = /\.(?:html|js|css|svg|json|txt|webmanifest|map)$/;
/** What the headers of a compressed response cost, in bytes: a copy has to save more than that. */
const headerBytes = 64;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/**
 * Puts a `.br` and a `.gz` copy next to every text file of the build that gets smaller by it, at the strongest setting,
 * so that the server never compresses a static file.
 */
export function precompress(): Plugin {
  return {
    name: "triptych:precompress",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        const files = Object.values(bundle).filter(({ fileName }) => compressible.test(fileName));
        for (const file of files) {
          for (const copy of await compressedCopies(contentOf(file))) {
            this.emitFile({ type: "asset", fileName: file.fileName + copy.extension, source: copy.content });
          }
        }
      },
    },
  };
}

/** The compressed copies of a file that are worth having: they save more than the headers that say so cost. */
export async function compressedCopies(content: Buffer): Promise<{ extension: string; content: Buffer }[]> {
  const copies = [
    { extension: ".br", content: await brotli(content, { params: brotliSettings(content) }) },
    { extension: ".gz", content: await gzipped(content, { level: 9 }) },
  ];
  return copies.filter((copy) => copy.content.length + headerBytes < content.length);
}

function brotliSettings(content: Buffer) {
  return {
    [zlib.BROTLI_PARAM_QUALITY]: zlib.BROTLI_MAX_QUALITY,
    [zlib.BROTLI_PARAM_SIZE_HINT]: content.length,
    [zlib.BROTLI_PARAM_MODE]: zlib.BROTLI_MODE_TEXT,
  };
}

function contentOf(file: Rolldown.OutputAsset | Rolldown.OutputChunk): Buffer {
  return Buffer.from(file.type === "chunk" ? file.code : file.source);
}
