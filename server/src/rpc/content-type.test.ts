import { expect, it } from "vitest";
import { plainContentType } from "./content-type.ts";

it.each([
  ["application/json", "application/json"],
  ['application/json ; charset="utf-8"', "application/json; charset=utf-8"],
  ["application/json;charset=UTF-8", "application/json; charset=utf-8"],
  ["application/connect+json;\tcharset = utf8", "application/connect+json; charset=utf-8"],
  ["application/json; charset=utf-16", "application/json; charset=utf-16"],
  ['application/json; charset="utf-8"; version=1', 'application/json; charset="utf-8"; version=1'],
  ["application/proto; charset=utf-8", "application/proto; charset=utf-8"],
  ["text/plain", "text/plain"],
])("reads %s as %s", (written, plain) => {
  expect(plainContentType(written)).toBe(plain);
});
