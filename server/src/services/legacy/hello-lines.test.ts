import { create } from "@bufbuild/protobuf";
import { hello_requestsSchema } from "@triptych/proto/lessons_pb.ts";
import { expect, it } from "vitest";
import { helloLines } from "./hello-lines.ts";

const lines = (init: Parameters<typeof create<typeof hello_requestsSchema>>[1]) =>
  helloLines(create(hello_requestsSchema, init)).split("\n");

it("writes a line for each field", () => {
  expect(
    lines({
      name: "Ada",
      age: 36n,
      data: ["one", "two"],
      number1: { b: 2n, a: 1n },
      number: { z: { name: "Zoë", age: 7, isActive: true }, y: {} },
    }),
  ).toEqual([
    "Ada",
    "36",
    '["one","two"]',
    '{"a":1,"b":2}',
    '{"y":{"name":"","age":0,"is_active":false},"z":{"name":"Zoë","age":7,"is_active":true}}',
  ]);
});

it("writes five lines of a request without fields", () => expect(lines({})).toEqual(["", "0", "[]", "{}", "{}"]));

it("keeps every digit of an int64", () => {
  const [, age, , number1] = lines({ age: -(2n ** 63n), number1: { max: 2n ** 63n - 1n } });
  expect([age, number1]).toEqual(["-9223372036854775808", '{"max":9223372036854775807}']);
});

it("sorts keys by code point, numbers and names of object members too", () => {
  const number1 = { "😀": 1n, "\uffee": 2n, "10": 3n, "9": 4n, B: 5n, a: 6n, constructor: 7n };
  expect(lines({ number1 })[3]).toBe('{"10":3,"9":4,"B":5,"a":6,"constructor":7,"\uffee":2,"😀":1}');
});

it("escapes what JSON must and nothing else", () => {
  expect(lines({ data: ['"', "\n", "é", "/"], number1: { '"': 1n } }).slice(2, 4)).toEqual([
    '["\\"","\\n","é","/"]',
    '{"\\"":1}',
  ]);
});
