import { expect, it } from "vitest";
import { parseIds } from "./not-for-me.ts";

it.each([
  ["[1,2]", [1, 2]],
  ['[0,1.5,"3",4,null,2147483648]', [4]],
  [null, []],
  ["no JSON", []],
  ["{}", []],
])("reads the ids of %j", (text, ids) => {
  expect(parseIds(text)).toEqual(ids);
});
