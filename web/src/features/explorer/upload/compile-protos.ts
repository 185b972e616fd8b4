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
  return [...wellKnownFiles, ...parsed.map((file) => describeFile(file, dependenciesOf(file, parsed), scope))];
}

/** The files that a file imports, by the names that they have here; public imports of theirs are imported along. */
function dependenciesOf(file: ParsedProto, all: readonly ParsedProto[]): readonly string[] {
  const found = new Set<string>();
  const add = (from: ParsedProto) => {
    for (const path of from.imports) {
      const other = all.find(({ name }) => isSameFile(name, path));
      const known = other?.name ?? wellKnownFiles.find(({ name }) => name === path)?.name;
      if (known === undefined || known === file.name || found.has(known)) continue;
      found.add(known);
      if (other !== undefined) add(other);
    }
  };
  add(file);
  return [...found];
}

/** Whether a file that was chosen is the one that another imports: browsers say of a file only its name, not where it is. */
function isSameFile(name: string, path: string): boolean {
  return name === path || path.endsWith(`/${name}`) || name.endsWith(`/${path}`);
}
