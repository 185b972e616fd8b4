import type { DescFile } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { createDescriptorIndex } from "./descriptor-index.ts";
import { describeFiles, extendingFile, serviceFile, targetFile } from "./testing/describe-files.ts";

const services = describeFiles(
  targetFile,
  extendingFile,
  serviceFile("b", "target.proto"),
  serviceFile("a", "extending.proto", "target.proto"),
);
const index = createDescriptorIndex(services);
const nameOf = (file: DescFile | undefined) => file?.proto.name;

describe("an index of descriptors", () => {
  it("has the services in order", () => {
    expect(index.services).toEqual(["a.Service", "b.Service"]);
  });

  it.each(["a.proto", "b.proto", "extending.proto", "target.proto"])("finds the file %s", (name) => {
    expect(nameOf(index.fileNamed(name))).toBe(name);
  });

  it.each([
    ["a.Service", "a.proto"],
    ["b.Service.Get", "b.proto"],
    ["target.Target", "target.proto"],
    ["extending.more_101", "extending.proto"],
    ["a", undefined],
    [".a.Service", undefined],
    ["toString", undefined],
    ["", undefined],
  ])("finds the file that declares %j: %s", (symbol, name) => {
    expect(nameOf(index.fileDeclaring(symbol))).toBe(name);
  });

  it("finds the file of an extension", () => {
    expect(nameOf(index.fileExtending("target.Target", 101))).toBe("extending.proto");
    expect(index.fileExtending("target.Target", 103)).toBeUndefined();
    expect(index.fileExtending("a.Service", 101)).toBeUndefined();
  });

  it("knows the extensions of messages, and that other names are none", () => {
    expect(index.extensionsOf("target.Target")).toEqual([101, 102]);
    expect(
      createDescriptorIndex(describeFiles(targetFile, serviceFile("c", "target.proto"))).extensionsOf("target.Target"),
    ).toEqual([]);
    expect(index.extensionsOf("a.Service")).toBeUndefined();
  });

  it("rejects files of which one would hide the other", () => {
    const twin = describeFiles(targetFile, { ...serviceFile("a", "target.proto"), name: "twin.proto" });
    // Which of the two is named first depends on neither.
    expect(() =>
      createDescriptorIndex([...describeFiles(targetFile, serviceFile("a", "target.proto")), ...twin]),
    ).toThrow(/both declare/);
  });
});
