import { expect, it } from "vitest";
import { namesVariable, substitute } from "./substitute.ts";

const values = new Map([
  ["host", "api.example.com"],
  ["a.b-c_1", "{{host}}$&"],
]);

it.each([
  ["https://{{host}}/v1", "https://api.example.com/v1"],
  ["{{ host }}{{host}}", "api.example.comapi.example.com"],
  ["{{a.b-c_1}}", "{{host}}$&"],
  ["{host} {{}} {{no name}} {{{}}}", "{host} {{}} {{no name}} {{{}}}"],
])("puts values in the place of names: %s", (text, expected) => {
  expect(substitute(text, values)).toEqual({ text: expected });
});

it("names what it does not know", () => {
  expect(substitute("{{host}}{{prot}}", values)).toEqual({
    problem: 'there is no variable "prot" in the environment that is chosen',
  });
});

it("says whether there are any", () => {
  expect(namesVariable("a {{b}}")).toBe(true);
  expect(namesVariable("a {{b}}")).toBe(true);
  expect(namesVariable("a {b}")).toBe(false);
});
