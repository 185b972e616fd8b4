import { type DescFile, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

/**
 * Makes the bundles of one stream: a file, encoded, and after it every file it needs, directly or not, that no bundle has brought
 * yet. The file that was asked for is always there, also when an earlier bundle had it. `describe` says what is sent of a file.
 */
export function createFileBundles(describe: (file: DescFile) => FileDescriptorProto): (file: DescFile) => Uint8Array[] {
  const brought = new Set<DescFile>();
  return (file) => {
    const bundle = new Set([file]);
    // A set that grows while it is walked is walked to its last element.
    for (const { dependencies } of bundle) {
      for (const dependency of dependencies) if (!brought.has(dependency)) bundle.add(dependency);
    }
    return Array.from(bundle, (member) => {
      brought.add(member);
      return toBinary(FileDescriptorProtoSchema, describe(member));
    });
  };
}
