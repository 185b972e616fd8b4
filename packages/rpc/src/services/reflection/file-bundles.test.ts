import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { createDescriptorIndex } from "./descriptor-index.ts";
import { createFileBundles } from "./file-bundles.ts";
import { describeFiles, extendingFile, serviceFile, targetFile } from "./testing/describe-files.ts";

const index = createDescriptorIndex(
  describeFiles(
    targetFile,
    extendingFile,
    serviceFile("a", "extending.proto", "target.proto"),
    serviceFile("b", "target.proto"),
  ),
);

/** The names of the files in each bundle of one stream. */
function bundlesOf(...names: string[]): string[][] {
  const bundle = createFileBundles(({ proto }) => proto);
  return names.map((name) => {
    const file = index.fileNamed(name);
    return (file ? bundle(file) : []).map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name);
  });
}

describe("the bundles of a stream", () => {
  it("bring a file and all it needs, each once", () => {
    expect(bundlesOf("a.proto")).toEqual([["a.proto", "extending.proto", "target.proto"]]);
  });

  it("leave out what was brought before, except for what is asked for", () => {
    expect(bundlesOf("b.proto", "a.proto", "a.proto", "target.proto")).toEqual([
      ["b.proto", "target.proto"],
      ["a.proto", "extending.proto"],
      ["a.proto"],
      ["target.proto"],
    ]);
  });

  it("start again for each stream", () => {
    expect(bundlesOf("b.proto")).toEqual(bundlesOf("b.proto"));
  });
});
