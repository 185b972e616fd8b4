import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createFileRegistry, type FileRegistry, fromBinary, fromJson } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { OrderHandler } from "@triptych/proto/order_pb.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { exampleOf } from "./example.ts";

let contracts: FileRegistry;

beforeAll(async () => {
  const bytes = await readFile(fileURLToPath(import.meta.resolve("@triptych/proto/descriptors.binpb")));
  contracts = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));
});

function example(name: string) {
  const message = contracts.getMessage(name);
  if (message === undefined) throw new Error(`there is no ${name}`);
  return exampleOf(message);
}

describe("an example", () => {
  it.each([
    ["triptych.greeter.v1.SayHelloRequest", { name: "Ada", language: "de" }],
    ["triptych.greeter.v1.StreamGreetingsRequest", { name: "Ada", language: "de", interval: "0.5s", count: 3 }],
    ["triptych.calculator.v1.AddRequest", { a: "2", b: "3" }],
    ["triptych.calculator.v1.SumRequest", { number: 0.1 }],
    ["triptych.order.v1.CreateOrderRequest", { items: [{ bookId: 1 }], phone: "+49 30 123456" }],
    ["triptych.recommendation.v1.RateBookRequest", { userId: 1, bookId: 1, stars: 5 }],
    [
      "triptych.recommendation.v1.ReportEventsRequest",
      { userId: 1, events: [{ kind: "READER_EVENT_KIND_OPENED", bookId: 1 }] },
    ],
    ["triptych.recommendation.v1.ListCategoriesRequest", {}],
  ])("of %s is what its comments say", (name, expected) => {
    expect(example(name)).toEqual(expected);
  });

  it("of any message of all contracts is valid JSON of that message", () => {
    const registry = contracts;
    for (const type of contracts) {
      if (type.kind !== "message" || type.typeName.startsWith("google.protobuf.")) continue;
      expect(() => fromJson(type, exampleOf(type), { registry }), type.typeName).not.toThrow();
    }
  });

  it("of a message without comments has a value of its type in each field", () => {
    const { input } = OrderHandler.method.create_order;
    expect(Object.keys(exampleOf(input)).length).toBeGreaterThan(0);
  });
});
