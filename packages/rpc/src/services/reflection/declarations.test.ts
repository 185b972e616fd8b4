import { create } from "@bufbuild/protobuf";
import { FieldDescriptorProtoSchema, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { declarationsOf } from "./declarations.ts";

const file = create(FileDescriptorProtoSchema, {
  name: "a.proto",
  package: "a.b",
  service: [{ name: "S", method: [{ name: "Get" }] }],
  messageType: [
    {
      name: "M",
      field: [{ name: "x" }],
      oneofDecl: [{ name: "either" }],
      enumType: [{ name: "Inner", value: [{ name: "ONE" }] }],
      nestedType: [
        { name: "N", field: [{ name: "y" }] },
        { name: "MapEntry", options: { mapEntry: true } },
      ],
      extension: [{ name: "inner_more", extendee: ".c.Target", number: 101 }],
    },
  ],
  enumType: [{ name: "E", value: [{ name: "ZERO" }] }],
  extension: [create(FieldDescriptorProtoSchema, { name: "more", extendee: ".c.Target", number: 100 })],
});

const namesOf = (proto: typeof file) => Array.from(declarationsOf(proto), ({ name }) => name);

describe("the declarations of a file", () => {
  it("are named in full, values of enums beside their enum", () => {
    const messages = ["a.b.M", "a.b.M.x", "a.b.M.either", "a.b.M.N", "a.b.M.N.y", "a.b.M.MapEntry"];
    const nested = ["a.b.M.Inner", "a.b.M.ONE", "a.b.M.inner_more"];
    expect(namesOf(file)).toEqual(["a.b.S", "a.b.S.Get", ...messages, ...nested, "a.b.E", "a.b.ZERO", "a.b.more"]);
  });

  it("have no dot before them where the file has no package", () => {
    const proto = create(FileDescriptorProtoSchema, { service: [{ name: "S", method: [{ name: "Get" }] }] });
    expect(namesOf(proto)).toEqual(["S", "S.Get"]);
  });

  it("say what is a message and what extends which", () => {
    const declarations = Array.from(declarationsOf(file));
    const messages = declarations.filter(({ isMessage }) => isMessage).map(({ name }) => name);
    expect(messages).toEqual(["a.b.M", "a.b.M.N", "a.b.M.MapEntry"]);
    expect(declarations.flatMap(({ extension }) => extension ?? [])).toEqual([
      { extendee: "c.Target", number: 101 },
      { extendee: "c.Target", number: 100 },
    ]);
  });
});
