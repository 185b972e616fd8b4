import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { create, createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { beforeAll, describe, expect, it } from "vitest";
import { type Commented, commentOf } from "./comments.ts";

let contracts: FileRegistry;

beforeAll(async () => {
  const bytes = await readFile(fileURLToPath(import.meta.resolve("@triptych/proto/descriptors.binpb")));
  contracts = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));
});

/** Everything that a file declares, of what may have a comment. */
function declarationsOf(registry: FileRegistry, isWanted: (name: string) => boolean): Commented[] {
  return [...registry.files]
    .filter(({ name }) => isWanted(name))
    .flatMap((file) => [...file.services, ...nestedTypes(file)])
    .flatMap((one): Commented[] => {
      if (one.kind === "service") return [one, ...one.methods];
      if (one.kind === "message") return [one, ...one.fields, ...one.oneofs];
      return one.kind === "enum" ? [one] : [];
    });
}

describe("what the contract says", () => {
  it("is found for all of ours, which say something of everything", () => {
    const ours = declarationsOf(contracts, (name) => name.startsWith("triptych/") && !name.includes("testing"));
    expect(ours.length).toBeGreaterThan(300);
    expect(ours.filter((one) => commentOf(one) === undefined).map(String)).toEqual([]);
  });

  it("is that of the declaration, and in one line for each paragraph", () => {
    const greeter = contracts.getService("triptych.greeter.v1.GreeterService");
    const request = contracts.getMessage("triptych.recommendation.v1.RateBookRequest");
    expect(greeter && commentOf(greeter)).toMatch(
      /^Greets people\. Names have 1 to 200 characters of any script and no/,
    );
    expect(greeter && commentOf(greeter.method.sayHelloAgain ?? greeter)).toBe(
      "Greets someone who was greeted before.",
    );
    expect(request?.fields.map((field) => commentOf(field)).slice(1, 3)).toEqual([
      "The id of the book, such as `1`.",
      "The stars to give, such as `5`, 1 to 5.",
    ]);
    expect(request?.oneofs.map((oneof) => commentOf(oneof))).toEqual(["What to do; one of them is needed."]);
  });

  it("is found in a message that stands in another behind a map, and before and behind a field", () => {
    const file = create(FileDescriptorProtoSchema, {
      name: "a.proto",
      syntax: "proto3",
      messageType: [
        {
          name: "Outer",
          field: [{ name: "of", number: 1, label: 3, type: 11, typeName: ".Outer.OfEntry" }],
          nestedType: [
            {
              name: "OfEntry",
              options: { mapEntry: true },
              field: [
                { name: "key", number: 1, label: 1, type: 9 },
                { name: "value", number: 2, label: 1, type: 9 },
              ],
            },
            { name: "Inner", field: [{ name: "x", number: 1, label: 1, type: 9 }] },
          ],
        },
      ],
      sourceCodeInfo: {
        location: [
          { path: [4, 0, 3, 1], leadingComments: " The\n inner.\n\n  Twice.\n" },
          { path: [4, 0, 3, 1, 2, 0], leadingComments: " Before.\n", trailingComments: " Behind.\n" },
        ],
      },
    });
    const inner = createFileRegistry(file, () => undefined).getMessage("Outer.Inner");
    expect([inner, inner?.fields[0]].map((one) => one && commentOf(one))).toEqual([
      "The inner.\nTwice.",
      "Before.\nBehind.",
    ]);
  });
});
