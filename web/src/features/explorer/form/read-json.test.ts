import { describe, expect, it } from "vitest";
import { readJson } from "./read-json.ts";

describe("readJson", () => {
  it.each([
    "9007199254740993",
    "-9007199254740993",
    "9007199254740993.0",
    "9007199254740993e0",
    "9.007199254740993e15",
    "9223372036854775807",
    "9007199254740992.5",
  ])("refuses %s, which a JSON number does not hold", (number) => {
    expect(readJson(`{"a": [1, ${number}]}`)).toEqual({
      problem: `${number} is too long for a number in JSON: put it in quotes`,
    });
  });

  it.each([
    "9007199254740992",
    "9007199254740992.0",
    "1e18",
    "9223372036854775808",
    "1e300",
    "0.1234567890123456789",
    '"9007199254740993"',
  ])("reads %s", (value) => {
    expect(readJson(`[${value}]`)).toEqual({ json: [JSON.parse(value)] });
  });
});
