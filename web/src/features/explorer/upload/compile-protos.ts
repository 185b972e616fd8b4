import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import { describeFile } from "./describe-file.ts";
import { type ParsedProto, type ProtoSource, parseProto } from "./parse-proto.ts";
import { addTypes, type Scope } from "./scope.ts";
import { wellKnownFiles } from "./well-known-files.ts";

/**
 * Describes source files, with those of Google that they import. An import that is not among them is passed by, unless a type of it is used: most such
 * declare only options of other programs.
 * @throws ProtoProblem for the first thing that is wrong.
 */
export function compileProtos(sources: readonly ProtoSource[]): FileDescriptorProto[] {
  const parsed = sources.map(parseProto);
  const scope: Scope = new Map();
  for (const file of wellKnownFiles) {
    for (const { name } of file.messageType) scope.set(`${file.package}.${name}`, "message");
    for (const { name } of file.enumType) scope.set(`${file.package}.${name}`, "enum");
  }
  for (const file of parsed) addTypes(scope, file.declarations, file.package);
  const imported = importsOf(parsed);
  return [...wellKnownFiles, ...parsed.map((file) => describeFile(file, dependenciesOf(file, imported), scope))];
}

/** A file that another one imports, and whether who imports that other one sees it, too. */
interface Imported {
  /** The name that it has here. */
  readonly name: string;
  readonly isPublic: boolean;
}

/** The files that each file imports, by its name, as far as they are here. */
type Imports = ReadonlyMap<string, readonly Imported[]>;

function importsOf(parsed: readonly ParsedProto[]): Imports {
  const find = fileFinder([...parsed, ...wellKnownFiles].map(({ name }) => name));
  return new Map(
    parsed.map(({ name, imports, publicImports }) => {
      const known = imports.flatMap((path): Imported[] => {
        const found = find(path);
        return found === undefined ? [] : [{ name: found, isPublic: publicImports.has(path) }];
      });
      return [name, known];
    }),
  );
}

/** The files that a file imports, and those that these import publicly. */
function dependenciesOf({ name }: ParsedProto, imports: Imports): readonly string[] {
  const found = new Set<string>();
  const waiting = [...(imports.get(name) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.name === name || found.has(next.name)) continue;
    found.add(next.name);
    waiting.push(...(imports.get(next.name) ?? []).filter(({ isPublic }) => isPublic));
  }
  return [...found];
}

/** What finds the file that another one imports: browsers say of a file only its name, or only a part of where it is. */
function fileFinder(names: readonly string[]): (path: string) => string | undefined {
  const exact = new Set(names);
  const byEnd = new Map<string, string>();
  for (const name of names) for (const end of endsOf(name)) if (!byEnd.has(end)) byEnd.set(end, name);
  return (path) => (exact.has(path) ? path : (byEnd.get(path) ?? endsOf(path).find((end) => exact.has(end))));
}

/** A path, and what remains of it without its first folders: `a/b.proto` and `b.proto`. */
function endsOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(index).join("/"));
}
