import fc from "fast-check";
import { describe, it } from "vitest";
import { countCharacters } from "./count-characters.ts";

describe("countCharacters", () => {
  it("counts code points", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => countCharacters(text) === [...text].length));
  });
});
