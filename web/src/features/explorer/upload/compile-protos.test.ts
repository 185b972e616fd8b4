// @vitest-environment node
import { expect, it } from "vitest";
import { compileProtos } from "./compile-protos.ts";

const source = (name: string, ...lines: string[]) => ({ name, text: ['syntax = "proto3";', ...lines].join("\n") });

function dependencies(...sources: Parameters<typeof compileProtos>[0]): Record<string, readonly string[]> {
  const described = compileProtos(sources).filter(({ name }) => sources.some((one) => one.name === name));
  return Object.fromEntries(described.map(({ name, dependency }) => [name, dependency.toSorted()]));
}

it("has a file depend on what it imports, and on what that imports publicly", () => {
  const found = dependencies(
    source("a.proto", 'import "b.proto";', "service S {}"),
    source("b.proto", 'import public "c.proto";', 'import "hidden.proto";'),
    source("c.proto", 'import public "d.proto";', 'import "google/protobuf/empty.proto";'),
    source("d.proto", 'import public "b.proto";'),
    source("hidden.proto"),
  );
  expect(found["a.proto"]).toEqual(["b.proto", "c.proto", "d.proto"]);
  expect(found["c.proto"]).toEqual(["b.proto", "d.proto", "google/protobuf/empty.proto"]);
});

it("knows an imported file by its whole path, or else by the end of that", () => {
  const found = dependencies(
    source("main.proto", 'import "x/one.proto";', 'import "y/two.proto";', 'import "z/three.proto";'),
    source("other/x/one.proto"),
    source("x/one.proto"),
    source("root/y/two.proto"),
    source("three.proto"),
  );
  expect(found["main.proto"]).toEqual(["root/y/two.proto", "three.proto", "x/one.proto"]);
});

it("describes a long chain of files, each with what it imports alone", () => {
  const chain = Array.from({ length: 2_000 }, (_, index) =>
    source(`${index}.proto`, ...(index === 0 ? [] : [`import "${index - 1}.proto";`])),
  );
  expect(dependencies(...chain)["1999.proto"]).toEqual(["1998.proto"]);
});
