import { posix } from "node:path";

/** An import as it is written, and the file it leads to, by its path from the root; undefined where that is no file of ours. */
export interface Import {
  readonly specifier: string;
  readonly target: string | undefined;
}

/** Imports and exports with a `from`, those for their effect, those that wait for a call, and the files of workers. */
const FORMS = [
  /^\s*(?:import|export)\b[^"';`]*?\bfrom\s*"([^"]+)"/gm,
  /^\s*import\s+"([^"]+)"/gm,
  /\bimport\(\s*"([^"]+)"\s*\)/g,
  /\bnew URL\(\s*"(\.[^"]+\.tsx?)",\s*import\.meta\.url/g,
];

/** Where the files of a package are that its exports hand out by their names. */
const SOURCES: readonly (readonly [specifier: RegExp, file: string])[] = [
  [/^@triptych\/rpc$/, "packages/rpc/src/index.ts"],
  [/^@triptych\/rpc\/(.+)$/, "packages/rpc/src/$1"],
  [/^@triptych\/rpc-web$/, "packages/rpc-web/src/index.ts"],
  [/^@triptych\/rpc-web\/react$/, "packages/rpc-web/src/react.ts"],
  [/^@triptych\/wire\/(.+)$/, "wire/$1"],
  [/^@triptych\/testkit\/(.+)$/, "packages/testkit/src/$1"],
];

/**
 * What a file of TypeScript imports, those of types alone included. It looks for the forms that our formatter leaves, and reads no string or
 * comment as such: an import within a template that begins a line counts as one.
 */
export function importsOf(path: string, text: string): Import[] {
  const specifiers = FORMS.flatMap((form) => [...text.matchAll(form)].map(([, specifier = ""]) => specifier));
  return specifiers.map((specifier) => ({ specifier, target: targetOf(path, specifier) }));
}

function targetOf(path: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.normalize(posix.join(posix.dirname(path), specifier));
  const source = SOURCES.find(([pattern]) => pattern.test(specifier));
  return source === undefined ? undefined : specifier.replace(...source);
}
