import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { type Answer, type Ask, type Asking, askReflection } from "./ask-reflection.ts";
import { assertFew, buildTypes, type Files, reasonsOf } from "./build-types.ts";
import type { Schema, SchemaProblem } from "./schema.ts";

/** A type that many servers put in the details of their errors, and that none of their files need import. */
const errorDetail = "google.rpc.BadRequest";

/**
 * Learns by reflection what a server serves. A service that the server cannot describe is a problem of the schema, and
 * the others are there all the same. Rejects with the error of the call,
 * UNIMPLEMENTED where there is no reflection, or OUT_OF_RANGE where the server sends too many files.
 */
export async function loadSchema(transport: Transport, signal: AbortSignal, asking: Asking = {}): Promise<Schema> {
  const ask = askReflection(transport, signal, asking);
  const names = await listServices(ask);
  const files: Files = new Map();
  const symbols = [...names, errorDetail];
  const answers = await ask(symbols.map((value) => ({ case: "fileContainingSymbol", value })));
  const refusals = new Map(symbols.map((name, index) => [name, takeFiles(answers[index], files)]));
  await fetchMissing(ask, files);
  const { types, unusable } = buildTypes(files);
  const reasonFor = reasonsOf(files, unusable);
  const services = names.flatMap((name) => types.getService(name) ?? []);
  const problems = names
    .filter((name) => types.getService(name) === undefined)
    .map(
      (service): SchemaProblem => ({
        service,
        reason: refusals.get(service) ?? reasonFor(service),
      }),
    );
  return { services, types, problems, isUploaded: false };
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
    assertFew(files);
  }
  return undefined;
}

/** Asks by name for files that others import: servers need not send them along. */
async function fetchMissing(ask: Ask, files: Files): Promise<void> {
  const asked = new Set<string>();
  for (let looked = 0; ; ) {
    const come = [...files.values()].slice(looked);
    looked = files.size;
    const missing = new Set(come.flatMap(({ dependency }) => dependency));
    const names = [...missing].filter((name) => !files.has(name) && !asked.has(name));
    if (names.length === 0) return;
    for (const name of names) asked.add(name);
    assertFew(asked);
    for (const answer of await ask(names.map((value) => ({ case: "fileByFilename", value })))) takeFiles(answer, files);
  }
}
