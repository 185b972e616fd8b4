import { create, createFileRegistry, type DescService, type MessageInitShape } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Label, FieldDescriptorProto_Type, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

type FileInit = NonNullable<MessageInitShape<typeof FileDescriptorSetSchema>["file"]>[number];

/** Makes descriptors of files, each given after those it imports, and returns their services. */
export function describeFiles(...file: FileInit[]): DescService[] {
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file }));
  return [...registry].filter((desc) => desc.kind === "service");
}

/** A file with a message that others may extend. */
export const targetFile: FileInit = {
  name: "target.proto",
  package: "target",
  syntax: "proto2",
  messageType: [{ name: "Target", extensionRange: [{ start: 100, end: 200 }] }],
};

/** A file with the extensions 102 and 101 of that message. */
export const extendingFile: FileInit = {
  name: "extending.proto",
  package: "extending",
  syntax: "proto2",
  dependency: ["target.proto"],
  extension: [102, 101].map((number) => ({
    name: `more_${number}`,
    extendee: ".target.Target",
    number,
    label: FieldDescriptorProto_Label.OPTIONAL,
    type: FieldDescriptorProto_Type.STRING,
  })),
};

/** A file of a package with one service, whose one method takes and returns the message. */
export function serviceFile(packageName: string, ...dependency: string[]): FileInit {
  const method = [{ name: "Get", inputType: ".target.Target", outputType: ".target.Target" }];
  return { name: `${packageName}.proto`, package: packageName, dependency, service: [{ name: "Service", method }] };
}
