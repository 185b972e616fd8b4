import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { KeptFile } from "./kept-file.ts";

/** The compressed copies that may lie beside a file, the one that is liked best first. */
const COPIES = [
  { extension: ".br", coding: "br" },
  { extension: ".gz", coding: "gzip" },
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
 * Lists what is in a folder and those below it, without what begins with a dot, except `.well-known`.
 * @throws Error when it cannot be read.
 */
export function listFiles(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((name) => !/(?:^|\/)\.(?!well-known\/)/.test(name));
  const all = new Set(names);
  const representationsOf = (name: string): Representation[] => {
    const copies = COPIES.filter(({ extension }) => all.has(name + extension));
    return [
      ...copies.map(({ extension, coding }) => ({ coding, file: new KeptFile(join(folder, name + extension)) })),
      { coding: undefined, file: new KeptFile(join(folder, name)) },
    ];
  };
  return new Map(names.map((name) => [`/${name}`, representationsOf(name)]));
}
