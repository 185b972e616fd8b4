import { create, createFileRegistry, type FileRegistry } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { afterNeeds } from "./after-needs.ts";

/** Files by their names. */
export type Files = Map<string, FileDescriptorProto>;

/** How many files may describe a server. */
const MOST_FILES = 10_000;
/** How many files that are not valid are left out one by one: for each, the others are built again. */
const MOST_INVALID = 20;

/**
 * Builds what can be built: a file is left out where it is not valid, or something that it needs is left out.
 * @throws ConnectError OUT_OF_RANGE where there are too many files.
 */
export function buildTypes(files: Files): { types: FileRegistry; unusable: ReadonlyMap<string, string> } {
  assertFew(files);
  const order = afterNeeds(files.keys(), (name) => files.get(name)?.dependency ?? []);
  const invalid = new Map<string, string>();
  for (;;) {
    const { usable, unusable } = sortOut(order, files, invalid);
    const built = build([...usable.values()]);
    if ("types" in built) return { types: built.types, unusable };
    if (invalid.size < MOST_INVALID) {
      invalid.set(built.failed, built.reason);
      continue;
    }
    const names = [...usable.keys()];
    const reason = `more than ${MOST_INVALID} files are not valid`;
    for (const name of names.slice(names.indexOf(built.failed))) invalid.set(name, reason);
  }
}

/** @throws ConnectError OUT_OF_RANGE where there are more files than may describe a server. */
export function assertFew(files: { readonly size: number }): void {
  if (files.size > MOST_FILES)
    throw new ConnectError(`it is described by more than ${MOST_FILES} files`, Code.OutOfRange);
}

/** Says why a service that was promised is not there. */
export function reasonsOf(files: Files, unusable: ReadonlyMap<string, string>): (service: string) => string {
  const declaredIn = new Map<string, string>();
  for (const { name: file, package: scope, service } of files.values())
    for (const { name } of service) declaredIn.set(scope === "" ? name : `${scope}.${name}`, file);
  return (service) =>
    unusable.get(declaredIn.get(service) ?? "") ?? "the file that the server sent does not declare it";
}

/** The files that need only each other, in their order, and why each other one is not among them. */
function sortOut(order: readonly string[], files: Files, invalid: ReadonlyMap<string, string>) {
  const usable: Files = new Map();
  const unusable = new Map(invalid);
  for (const name of order) {
    if (unusable.has(name)) continue;
    const file = files.get(name);
    const needed = file?.dependency.find((dependency) => !usable.has(dependency));
    if (file === undefined) unusable.set(name, `there is no ${name}`);
    else if (needed === undefined) usable.set(name, file);
    // Only in a circle does a file come before what it needs.
    else unusable.set(name, unusable.get(needed) ?? `${needed} needs itself`);
  }
  return { usable, unusable };
}

/** Builds files of which each comes after what it needs, in time that grows with their size; or says which one is not valid. */
function build(files: readonly FileDescriptorProto[]): { types: FileRegistry } | { failed: string; reason: string } {
  let taken: FileDescriptorProto | undefined;
  const set = create(FileDescriptorSetSchema);
  set.file = [...files];
  // A registry does not say which file was wrong, so the last one that it took is remembered.
  Object.defineProperty(set.file, Symbol.iterator, {
    *value() {
      for (const file of files) {
        taken = file;
        yield file;
      }
    },
  });
  try {
    return { types: createFileRegistry(set) };
  } catch (error) {
    if (taken === undefined) throw error;
    return { failed: taken.name, reason: ConnectError.from(error).rawMessage };
  }
}
