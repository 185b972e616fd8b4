import type { DescFile, DescService } from "@bufbuild/protobuf";
import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import { addComments } from "./add-comments.ts";
import { declarationsOf } from "./declarations.ts";

/** Finds the files that describe what a server serves: those of its services, and all that these import. */
export interface DescriptorIndex {
  /** The full names of the services, sorted. */
  readonly services: readonly string[];
  /** The file of a name, as other files import it. */
  fileNamed(name: string): DescFile | undefined;
  /** The file that declares a full name. */
  fileDeclaring(symbol: string): DescFile | undefined;
  /** The file that declares the extension of a message with a number. */
  fileExtending(message: string, number: number): DescFile | undefined;
  /** A file with its comments, as far as they are known. */
  withComments(file: DescFile): FileDescriptorProto;
  /** The numbers of all extensions of a message, sorted; undefined when there is no such message. */
  extensionsOf(message: string): readonly number[] | undefined;
}

/**
 * Indexes services. The comments of their files are those of `described`, the bytes of a set of descriptors.
 * @throws Error when `described` is no set of descriptors, and when two files have one name or declare one name: then one of them could never be asked for.
 */
export function createDescriptorIndex(services: readonly DescService[], described?: Uint8Array): DescriptorIndex {
  const files = new Map<string, DescFile>();
  const symbols = new Map<string, DescFile>();
  const extensions = new Map<string, Map<number, DescFile>>();

  function addFile(file: DescFile): void {
    if (files.get(file.proto.name) === file) return;
    addOnce(files, file.proto.name, file);
    for (const { name, isMessage, extension } of declarationsOf(file.proto)) {
      addOnce(symbols, name, file);
      if (isMessage) extensionsFor(name);
      if (extension !== undefined) extensionsFor(extension.extendee).set(extension.number, file);
    }
    for (const dependency of file.dependencies) addFile(dependency);
  }

  function extensionsFor(message: string): Map<number, DescFile> {
    const known = extensions.get(message) ?? new Map<number, DescFile>();
    extensions.set(message, known);
    return known;
  }

  for (const { file } of services) addFile(file);
  return {
    services: services.map(({ typeName }) => typeName).sort(),
    fileNamed: (name) => files.get(name),
    fileDeclaring: (symbol) => symbols.get(symbol),
    fileExtending: (message, number) => extensions.get(message)?.get(number),
    withComments: described === undefined ? ({ proto }) => proto : addComments(described),
    extensionsOf(message) {
      const numbers = extensions.get(message);
      return numbers && [...numbers.keys()].sort((a, b) => a - b);
    },
  };
}

function addOnce(index: Map<string, DescFile>, name: string, file: DescFile): void {
  const other = index.get(name);
  if (other !== undefined) throw new Error(`${other.proto.name} and ${file.proto.name} both declare ${name}`);
  index.set(name, file);
}
