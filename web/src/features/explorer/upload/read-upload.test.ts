// @vitest-environment node
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  create,
  createFileRegistry,
  type DescMessage,
  type DescService,
  type FileRegistry,
  fromBinary,
  type MessageInitShape,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import {
  DescriptorProtoSchema,
  type FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  ServiceDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { commentOf } from "../schema/comments.ts";
import { findMethod, withDependencies } from "../schema/schema.ts";
import { readUpload } from "./read-upload.ts";
import { schemaOfSet } from "./schema-of-set.ts";

const root = fileURLToPath(new URL("../../../../../proto/", import.meta.url));
const set = readFileSync(`${root}gen/descriptors.binpb`);
const sources = globSync("**/*.proto", { cwd: root }).map((path) => [path, readFileSync(root + path, "utf8")] as const);

const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name);
const compile = (...chosen: File[]) => readUpload(chosen).then(schemaOfSet);

/** A descriptor set of these files. */
function setOf(files: MessageInitShape<typeof FileDescriptorProtoSchema>[]): File {
  return file(
    "set.binpb",
    new Uint8Array(toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file: files }))),
  );
}

/** What descriptors say, without options, most of which are for other programs, extensions, and what says that something is not so. */
function withoutOptions(text: unknown): unknown {
  if (Array.isArray(text)) return text.map(withoutOptions);
  if (typeof text !== "object" || text === null) return text;
  const left = new Set(["options", "extension", "reservedRange", "reservedName"]);
  const kept = Object.entries(text).filter(([name, value]) => !left.has(name) && value !== false && value !== "");
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutOptions(value)]));
}

const messageText = ({ proto }: DescMessage) => withoutOptions(toJson(DescriptorProtoSchema, proto));
const serviceText = ({ proto }: DescService) => withoutOptions(toJson(ServiceDescriptorProtoSchema, proto));
const byName = <T extends { readonly typeName: string }>(all: Iterable<T>) =>
  [...all].map((one) => [one.typeName, one] as const);

describe("source files", () => {
  it("say what the descriptors of the compiler say", async () => {
    const named = sources.map(([path, text]) => {
      const chosen = file(path.split("/").at(-1) ?? path, text);
      Object.defineProperty(chosen, "webkitRelativePath", { value: path });
      return chosen;
    });
    const { types, services, problems } = await compile(...named);
    const expected: FileRegistry = createFileRegistry(fromBinary(FileDescriptorSetSchema, set));
    const declared = [...expected.files].filter(({ name }) => !name.startsWith("google/protobuf/"));
    expect(problems).toEqual([]);
    for (const [name, message] of byName(declared.flatMap(({ messages }) => messages)))
      expect([name, messageText(types.getMessage(name) ?? message)]).toEqual([name, messageText(message)]);
    expect(new Map(byName(services).map(([name, one]) => [name, serviceText(one)]))).toEqual(
      new Map(byName(declared.flatMap((one) => one.services)).map(([name, one]) => [name, serviceText(one)])),
    );
    const method = findMethod(
      { types, services, problems, isUploaded: true },
      "triptych.greeter.v1.GreeterService/SayHello",
    );
    expect(method?.idempotency).toBe(
      expected.getService("triptych.greeter.v1.GreeterService")?.method.sayHello?.idempotency,
    );
    expect(method && commentOf(method)).toMatch(/greet/i);
  });

  it("import each other by the ends of their paths, and what is known to all", async () => {
    const common = 'syntax = "proto3"; package a.b; message Both { oneof of { string x = 1; } optional int32 y = 2; }';
    const service = `syntax = "proto3";
package a;
import "google/protobuf/empty.proto";
import "google/api/annotations.proto";
import "a/b/common.proto";
service S {
  rpc Do(b.Both) returns (stream google.protobuf.Empty) { option (google.api.http) = { get: "/" }; }
}`;
    const schema = await compile(file("service.proto", service), file("common.proto", common));
    const method = findMethod(schema, "a.S/Do");
    expect(method?.methodKind).toBe("server_streaming");
    expect(method?.input.field.y).toMatchObject({ presence: 1, oneof: undefined });
    expect(method?.output.typeName).toBe("google.protobuf.Empty");
  });

  it.each([
    ["message A {\n  strin name 1;\n}", /^bad\.proto, line 3: illegal token '1'/],
    ["message A {\n  string a = 1;\n  string b = 1;\n}", /^bad\.proto, line 2: duplicate id 1/],
    [
      "message A {\n  string a = 1;\n  Other b = 2;\n}\nservice S {}",
      /^bad\.proto, line 4: Other is declared in no file/,
    ],
    ["service S {\n  rpc Do(In) returns (In);\n}", /^bad\.proto, line 3: In is declared in no file/],
    ["message A {}", /^bad\.proto: declares no service/],
  ])("that are wrong name the file and the line: %j", async (text, problem) => {
    await expect(compile(file("bad.proto", `syntax = "proto3";\n${text}`))).rejects.toThrow(problem);
  });

  it("may have lines of spaces, however many", async () => {
    const blank = " \n".repeat(200_000);
    const { services } = await compile(file("a.proto", `${blank}  syntax = "proto3";\nmessage A {}\nservice S {}`));
    expect(services[0]?.file.proto.syntax).toBe("proto3");
  });

  it("are not read where they are large", async () => {
    const large = file("large.proto", " ".repeat(1_000_001));
    await expect(compile(large)).rejects.toThrow(/^large\.proto: is larger than 1 MB: upload a descriptor set/);
  });

  it("of an edition ask for a descriptor set", async () => {
    await expect(compile(file("new.proto", '\nedition = "2023";'))).rejects.toThrow(/^new\.proto, line 2: editions/);
  });
});

describe("descriptor sets", () => {
  it("describe all of their services, comments included", async () => {
    const { services, problems } = await compile(file("all.binpb", new Uint8Array(set)));
    expect(problems).toEqual([]);
    expect(services.map(({ typeName }) => typeName)).toContain("triptych.greeter.v1.GreeterService");
  });

  it("are read however long the chain of imports is", async () => {
    const files = Array.from({ length: 9_000 }, (_, index) => ({
      name: `${index}.proto`,
      syntax: "proto3",
      dependency: index < 8_999 ? [`${index + 1}.proto`] : [],
      service: index === 0 ? [{ name: "S" }] : [],
    }));
    const { services, types } = await compile(setOf(files));
    expect(services.map(({ typeName }) => typeName)).toEqual(["S"]);
    expect(withDependencies(types.getFile("0.proto") ?? expect.fail("no file"))).toHaveLength(9_000);
  });

  it("are refused where nothing can be built of them", async () => {
    const files = Array.from({ length: 10_001 }, (_, index) => ({ name: `${index}.proto`, service: [{ name: "S" }] }));
    await expect(readUpload([setOf(files)])).rejects.toThrow(/^set\.binpb: .* more than 10000 files$/);
    const alone = { name: "alone.proto", dependency: ["other.proto"], service: [{ name: "S" }] };
    const problem = "set.binpb: S cannot be described: there is no other.proto";
    await expect(readUpload([setOf([alone])])).rejects.toThrow(problem);
  });

  it.each([
    ["text.binpb", new TextEncoder().encode("no descriptors")],
    ["empty.binpb", new Uint8Array()],
  ])("are nothing else: %s", async (name, bytes) => {
    await expect(compile(file(name, bytes))).rejects.toThrow(`${name}: is no descriptor set`);
  });
});
