import { create, type DescFile, fromBinary } from "@bufbuild/protobuf";
import {
  type FileDescriptorProto,
  FileDescriptorSetSchema,
  type SourceCodeInfo_Location,
  SourceCodeInfoSchema,
} from "@bufbuild/protobuf/wkt";
import { declarationsOf } from "./declarations.ts";

/**
 * Gives files, which generated code has without comments, those that a set of descriptors, given as its bytes, has for them. A file that the set does not have, or
 * has with other declarations, stays as it is.
 * @throws Error when the bytes are no set of descriptors.
 */
export function addComments(set: Uint8Array): (file: DescFile) => FileDescriptorProto {
  const described = new Map(fromBinary(FileDescriptorSetSchema, set).file.map((file) => [file.name, file]));
  const known = new Map<DescFile, FileDescriptorProto>();
  return (file) => {
    const proto = known.get(file) ?? withComments(file.proto, described.get(file.proto.name));
    known.set(file, proto);
    return proto;
  };
}

function withComments(file: FileDescriptorProto, described: FileDescriptorProto | undefined): FileDescriptorProto {
  const locations = described?.sourceCodeInfo?.location.filter(hasComment) ?? [];
  if (described === undefined || locations.length === 0 || namesOf(file) !== namesOf(described)) return file;
  // Where in the file something stands is of no use to who does not have it, and four fifths of what is known.
  return { ...file, sourceCodeInfo: create(SourceCodeInfoSchema, { location: locations }) };
}

function hasComment(location: SourceCodeInfo_Location): boolean {
  return (
    location.leadingComments !== "" || location.trailingComments !== "" || location.leadingDetachedComments.length > 0
  );
}

function namesOf(file: FileDescriptorProto): string {
  return Array.from(declarationsOf(file), ({ name }) => name).join();
}
