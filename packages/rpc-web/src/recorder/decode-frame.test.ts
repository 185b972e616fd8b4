import { create, toBinary } from "@bufbuild/protobuf";
import { CalculatorService, EvaluateRequestSchema } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decodePayload } from "./decode-frame.ts";
import { createMethodRegistry, methodPath } from "./method-registry.ts";

const { types, find } = createMethodRegistry([CalculatorService]);
const request = toBinary(EvaluateRequestSchema, create(EvaluateRequestSchema, { expression: "1+1" }));

it("finds a method by the address of its calls", () => {
  expect(find("http://server:1/prefix/triptych.calculator.v1.CalculatorService/Add?x=/a/b")).toBe(
    CalculatorService.method.add,
  );
  expect(find("/triptych.calculator.v1.CalculatorService/add")).toBeUndefined();
  expect(methodPath("ws://server/p.S/M#x")).toBe("p.S/M");
});

it("learns of more services", () => {
  const registry = createMethodRegistry([]);
  expect(registry.find("/triptych.calculator.v1.CalculatorService/Add")).toBeUndefined();
  registry.add([CalculatorService]);
  registry.add([CalculatorService]);
  expect(registry.find("/triptych.calculator.v1.CalculatorService/Add")).toBe(CalculatorService.method.add);
});

it("reads a binary message with its descriptor", () => {
  expect(decodePayload(request, "proto", EvaluateRequestSchema, types)).toEqual({
    kind: "json",
    text: '{\n  "expression": "1+1"\n}',
  });
});

it("reads JSON as it is, also what the descriptor does not know", () => {
  const payload = new TextEncoder().encode('{"new":[1]}');
  expect(decodePayload(payload, "json", EvaluateRequestSchema, types)).toMatchObject({
    text: '{\n  "new": [\n    1\n  ]\n}',
  });
});

it("says why it cannot read", () => {
  expect(decodePayload(request, "proto", undefined, types)).toMatchObject({ kind: "unreadable" });
  expect(decodePayload(request, "unknown", EvaluateRequestSchema, types)).toMatchObject({ kind: "unreadable" });
  expect(decodePayload(Uint8Array.of(0x22, 9), "json", undefined, types)).toMatchObject({ kind: "unreadable" });
});

it("takes any bytes without a fault", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom("proto" as const, "json" as const),
      (bytes, codec) => {
        expect(["json", "unreadable"]).toContain(decodePayload(bytes, codec, EvaluateRequestSchema, types).kind);
      },
    ),
  );
});
