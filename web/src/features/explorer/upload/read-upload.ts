import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { ConnectError } from "@connectrpc/connect";
import type { ProtoSource } from "./parse-proto.ts";
import { ProtoProblem } from "./proto-problem.ts";
import { wellKnownFiles } from "./well-known-files.ts";

/** The most that is read, in bytes of all files. */
const LARGEST = 20_000_000;
/** The most that is read of one source file, in bytes. */
const LARGEST_SOURCE = 1_000_000;

type Refuse = (reason: string) => ProtoProblem;

/**
 * Describes what a person chose: `.proto` files, or descriptor sets in the binary format. What it gives describes a service at least.
 * @throws ProtoProblem naming what is wrong, and where.
 */
export async function readUpload(chosen: readonly File[]): Promise<Uint8Array> {
  const size = chosen.reduce((sum, file) => sum + file.size, 0);
  if (size > LARGEST) throw new ProtoProblem(`${chosen.length} files`, undefined, `more than ${LARGEST / 1e6} MB`);
  const isSource = ({ name }: File) => name.endsWith(".proto");
  const sets = await Promise.all(chosen.filter((file) => !isSource(file)).map(readSet));
  const sources = await Promise.all(chosen.filter(isSource).map(readSource));
  // What compiles is large, and not needed for descriptor sets.
  const compile = sources.length === 0 ? () => [] : (await import("./compile-protos.ts")).compileProtos;
  const refuse = (reason: string) => new ProtoProblem(chosen.map(({ name }) => name).join(", "), undefined, reason);
  const compiled = attempt(() => compile(sources), refuse);
  return describing([...wellKnownFiles, ...sets.flat(), ...compiled], refuse);
}

async function readSource(file: File): Promise<ProtoSource> {
  const name = file.webkitRelativePath || file.name;
  if (file.size <= LARGEST_SOURCE) return { name, text: await file.text() };
  const problem = `is larger than ${LARGEST_SOURCE / 1e6} MB: upload a descriptor set, as \`buf build -o\` writes it`;
  throw new ProtoProblem(name, undefined, problem);
}

/** The set of files, once it is known that a schema can be built of it. */
async function describing(all: readonly FileDescriptorProto[], refuse: Refuse): Promise<Uint8Array> {
  const files = new Map(all.map((file) => [file.name, file]));
  if (![...files.values()].some(({ service }) => service.length > 0)) throw refuse("declares no service");
  const { schemaOfSet } = await import("./schema-of-set.ts");
  const { set, schema } = attempt(() => {
    const set = toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: [...files.values()] }));
    return { set, schema: schemaOfSet(set) };
  }, refuse);
  const [problem] = schema.problems;
  if (schema.services.length === 0 && problem !== undefined)
    throw refuse(`${problem.service} cannot be described: ${problem.reason}`);
  return set;
}

/** What is made, with anything that it fails with as a problem of the files, such as types too deep for the stack. */
function attempt<T>(make: () => T, refuse: Refuse): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof ProtoProblem) throw error;
    throw refuse(`cannot be described: ${ConnectError.from(error).rawMessage}`);
  }
}

async function readSet(file: File): Promise<FileDescriptorProto[]> {
  try {
    const set = fromBinary(FileDescriptorSetSchema, new Uint8Array(await file.arrayBuffer()));
    // Bytes of something else may read as a set of nothing.
    if (set.file.length > 0 && set.$unknown === undefined && set.file.every(({ name }) => name !== "")) return set.file;
  } catch {
    // Said below.
  }
  throw new ProtoProblem(file.name, undefined, "is no descriptor set: `buf build -o schema.binpb` writes one");
}
