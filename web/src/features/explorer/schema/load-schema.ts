import { create, createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { type Answer, type Ask, askReflection } from "./ask-reflection.ts";
import type { Schema, SchemaProblem } from "./schema.ts";

/** A type that many servers put in the details of their errors, and that none of their files need import. */
const errorDetail = "google.rpc.BadRequest";

type Files = Map<string, FileDescriptorProto>;

/**
 * Learns by reflection what a server serves. A service that the server cannot describe is a problem of the schema, and
 * the others are there all the same. Rejects with the error of the call, or UNIMPLEMENTED where there is no reflection.
 */
export async function loadSchema(transport: Transport, signal: AbortSignal): Promise<Schema> {
  const ask = askReflection(transport, signal);
  const names = await listServices(ask);
  const files: Files = new Map();
  const symbols = [...names, errorDetail];
  const answers = await ask(symbols.map((value) => ({ case: "fileContainingSymbol", value })));
  const refusals = new Map(symbols.map((name, index) => [name, takeFiles(answers[index], files)]));
  await fetchMissing(ask, files);
  const { types, unusable } = buildTypes(files);
  const services = names.flatMap((name) => types.getService(name) ?? []);
  const problems = names
    .filter((name) => types.getService(name) === undefined)
    .map(
      (service): SchemaProblem => ({
        service,
        reason: refusals.get(service) ?? reasonFor(service, files, unusable),
      }),
    );
  return { services, types, problems };
}

async function listServices(ask: Ask): Promise<string[]> {
  const [answer] = await ask([{ case: "listServices", value: "" }]);
  if (answer?.case === "listServicesResponse") return answer.value.service.map(({ name }) => name);
  const reason = answer?.case === "errorResponse" ? answer.value.errorMessage : "no list of services";
  throw new ConnectError(`the server does not say what it serves: ${reason}`, Code.Unimplemented);
}

/** Adds the files of an answer; what was wrong, where it has none. */
function takeFiles(answer: Answer | undefined, files: Files): string | undefined {
  if (answer?.case === "errorResponse") return answer.value.errorMessage;
  if (answer?.case !== "fileDescriptorResponse") return "the server gave no answer";
  for (const bytes of answer.value.fileDescriptorProto) {
    const file = fromBinary(FileDescriptorProtoSchema, bytes);
    if (!files.has(file.name)) files.set(file.name, file);
  }
  return undefined;
}

/** Asks by name for files that others import: servers need not send them along. */
async function fetchMissing(ask: Ask, files: Files): Promise<void> {
  const asked = new Set<string>();
  for (;;) {
    const missing = new Set([...files.values()].flatMap(({ dependency }) => dependency));
    const names = [...missing].filter((name) => !files.has(name) && !asked.has(name));
    if (names.length === 0) return;
    for (const name of names) asked.add(name);
    for (const answer of await ask(names.map((value) => ({ case: "fileByFilename", value })))) takeFiles(answer, files);
  }
}

/** Builds what can be built: a file is left out where it is not valid, or something that it needs is left out. */
function buildTypes(files: Files): { types: FileRegistry; unusable: ReadonlyMap<string, string> } {
  const unusable = new Map<string, string>();
  const registries = new Map<string, FileRegistry>();
  const build = (name: string): FileRegistry | undefined => {
    const known = registries.get(name);
    const file = files.get(name);
    if (known !== undefined || unusable.has(name)) return known;
    if (file === undefined) return void unusable.set(name, `the server does not have ${name}`);
    // Taken as unusable while it is being built, so that files that import each other come to an end.
    unusable.set(name, `${name} needs itself`);
    const needed = file.dependency.find((dependency) => build(dependency) === undefined);
    if (needed !== undefined) return void unusable.set(name, unusable.get(needed) ?? `${needed} is missing`);
    try {
      const registry = createFileRegistry(file, (dependency) => registries.get(dependency)?.getFile(dependency));
      registries.set(name, registry);
      unusable.delete(name);
      return registry;
    } catch (reason) {
      return void unusable.set(name, ConnectError.from(reason).rawMessage);
    }
  };
  for (const name of files.keys()) build(name);
  const types = createFileRegistry(create(FileDescriptorSetSchema));
  return { types: registries.size === 0 ? types : createFileRegistry(...registries.values()), unusable };
}

function reasonFor(service: string, files: Files, unusable: ReadonlyMap<string, string>): string {
  const file = [...files.values()].find((one) =>
    one.service.some(({ name }) => (one.package === "" ? name : `${one.package}.${name}`) === service),
  );
  return (file && unusable.get(file.name)) ?? "the file that the server sent does not declare it";
}
