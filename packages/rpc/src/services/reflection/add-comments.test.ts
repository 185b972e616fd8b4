import { create, createFileRegistry, type DescFile, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema, type SourceCodeInfoSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { addComments } from "./add-comments.ts";

const contract = (name: string, ...messages: string[]) => ({
  name,
  syntax: "proto3",
  messageType: messages.map((message) => ({ name: message })),
});

function fileOf(name: string, ...messages: string[]): DescFile {
  const proto = create(FileDescriptorProtoSchema, contract(name, ...messages));
  const file = createFileRegistry(proto, () => undefined).getFile(name);
  if (file === undefined) throw new Error(`${name} is not there`);
  return file;
}

const sourceCodeInfo: MessageInitShape<typeof SourceCodeInfoSchema> = {
  location: [
    { path: [4, 0], leadingComments: " What A is.\n", span: [1, 0, 2] },
    { path: [4, 1], span: [3, 0, 4] },
  ],
};
const set = create(FileDescriptorSetSchema, {
  file: [
    { ...contract("a.proto", "A", "B"), sourceCodeInfo },
    { ...contract("b.proto", "C"), sourceCodeInfo },
  ],
});
const commented = addComments(toBinary(FileDescriptorSetSchema, set));

describe("the comments of a set of descriptors", () => {
  it("are given to the file of that name, without places where there are none", () => {
    const locations = commented(fileOf("a.proto", "A", "B")).sourceCodeInfo?.location;
    expect(locations?.map(({ path, leadingComments }) => [path, leadingComments])).toEqual([[[4, 0], " What A is.\n"]]);
  });

  it.each([
    ["that declares something else", fileOf("b.proto", "D")],
    ["that the set does not have", fileOf("c.proto", "C")],
  ])("are not given to a file %s", (_, file) => {
    expect(commented(file)).toBe(file.proto);
  });
});
