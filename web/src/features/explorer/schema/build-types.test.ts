import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { expect, it } from "vitest";
import { buildTypes, reasonsOf } from "./build-types.ts";

const build = (...files: MessageInitShape<typeof FileDescriptorProtoSchema>[]) =>
  buildTypes(new Map(files.map((file) => [file.name ?? "", create(FileDescriptorProtoSchema, file)])));

it("builds what others import once, however many ways lead to it", () => {
  // Two files in each layer import both of the next: there are 2 ** 60 ways.
  const layers = Array.from({ length: 60 }, (_, layer) =>
    ["a", "b"].map((side) => ({
      name: `${side}${layer}`,
      dependency: layer < 59 ? [`a${layer + 1}`, `b${layer + 1}`] : [],
    })),
  );
  const { types, unusable } = build(...layers.flat());
  expect([...types.files]).toHaveLength(120);
  expect(unusable.size).toBe(0);
});

it("leaves out what is not valid, what imports each other, and what needs them", () => {
  const { types, unusable } = build(
    { name: "good", messageType: [{ name: "Good" }] },
    { name: "bad", messageType: [{ name: "not a name" }] },
    { name: "needs-bad", dependency: ["good", "bad"] },
    { name: "one", dependency: ["other"] },
    { name: "other", dependency: ["one"] },
    { name: "last", dependency: ["good"] },
  );
  expect([...types.files].map(({ proto }) => proto.name)).toEqual(["good", "last"]);
  expect(unusable.get("bad")).toMatch(/invalid message name/);
  expect(unusable.get("needs-bad")).toBe(unusable.get("bad"));
  expect([unusable.get("one"), unusable.get("other")]).toEqual(["one needs itself", "one needs itself"]);
});

it("builds the others where very many files are not valid", () => {
  const bad = Array.from({ length: 2_000 }, (_, index) => ({ name: `bad${index}`, messageType: [{ name: "-" }] }));
  const { types, unusable } = build({ name: "good", messageType: [{ name: "Good" }] }, ...bad);
  expect(types.getMessage("Good")).toBeDefined();
  expect(unusable.get("bad0")).toMatch(/invalid message name/);
  expect(unusable.get("bad1999")).toBe("more than 20 files are not valid");
});

it("says of a service why it is not there", () => {
  const file = create(FileDescriptorProtoSchema, { name: "f", package: "p", service: [{ name: "S" }] });
  const reasonOf = reasonsOf(new Map([["f", file]]), new Map([["f", "it is broken"]]));
  expect([reasonOf("p.S"), reasonOf("p.T")]).toEqual([
    "it is broken",
    "the file that the server sent does not declare it",
  ]);
});
