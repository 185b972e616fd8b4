import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { type ContentChange, KeptFile } from "./kept-file.ts";

/** The compressed copies that may lie beside a file, the one that is liked best first. */
const COPIES = [
  { extension: ".br", coding: "br", compress: promisify<Buffer, Buffer>(brotliCompress) },
  { extension: ".gz", coding: "gzip", compress: promisify<Buffer, Buffer>(gzip) },
] as const;

/** One way in which a file is sent. */
export interface Representation {
  /** Its content coding; undefined for the file itself. */
  readonly coding: string | undefined;
  readonly file: KeptFile;
}

/** The representations of the files of a folder by their paths such as `/assets/index.js`; the file itself comes last. */
export type Files = ReadonlyMap<string, readonly Representation[]>;

/**
 * Lists what is in a folder and those below it, without what begins with a dot, except `.well-known`. Documents are sent as `change` makes
 * them, where it is given, and compressed when they are first asked for.
 * @throws Error when it cannot be read.
 */
export function listFiles(folder: string, change?: ContentChange): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((name) => !/(?:^|\/)\.(?!well-known\/)/.test(name));
  const all = new Set(names);
  const representationsOf = (name: string): Representation[] => {
    const copies = COPIES.filter(({ extension }) => all.has(name + extension));
    const path = join(folder, name);
    if (change !== undefined && name.endsWith(".html")) {
      return [
        ...copies.map(({ coding, compress }) => ({
          coding,
          file: new KeptFile(path, async (bytes) => compress(await change(bytes))),
        })),
        { coding: undefined, file: new KeptFile(path, change) },
      ];
    }
    return [
      ...copies.map(({ extension, coding }) => ({ coding, file: new KeptFile(path + extension) })),
      { coding: undefined, file: new KeptFile(path) },
    ];
  };
  return new Map(names.map((name) => [`/${name}`, representationsOf(name)]));
}
