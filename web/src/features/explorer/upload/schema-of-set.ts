import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { buildTypes, reasonsOf } from "../schema/build-types.ts";
import type { Schema } from "../schema/schema.ts";

/** What a descriptor set tells of a server: all of its services, those that cannot be built as problems. @throws Error where it cannot be read, or has too many files. */
export function schemaOfSet(bytes: Uint8Array): Schema {
  const { file: all } = fromBinary(FileDescriptorSetSchema, bytes);
  const files = new Map(all.map((file) => [file.name, file]));
  const { types, unusable } = buildTypes(files);
  const reasonFor = reasonsOf(files, unusable);
  const names = all.flatMap((file) =>
    file.service.map(({ name }) => (file.package === "" ? name : `${file.package}.${name}`)),
  );
  const problems = names
    .filter((name) => types.getService(name) === undefined)
    .map((service) => ({ service, reason: reasonFor(service) }));
  return { services: names.flatMap((name) => types.getService(name) ?? []), types, problems, isUploaded: true };
}
