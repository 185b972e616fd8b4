import { describe, expect, it } from "vitest";
import { isolatedParts } from "./isolated-parts.ts";

describe("the names in a text", () => {
  it("are parts of their own", () => {
    expect(isolatedParts("Hello, ليلى, عمر, and Ada!", ["ليلى", "عمر", "Ada"])).toEqual([
      { text: "Hello, ", isName: false },
      { text: "ليلى", isName: true },
      { text: ", ", isName: false },
      { text: "عمر", isName: true },
      { text: ", and ", isName: false },
      { text: "Ada", isName: true },
      { text: "!", isName: false },
    ]);
  });

  it("are the longest that begin at a place, whatever characters they have", () => {
    expect(isolatedParts("(a+b) a+b", ["a", "a+b", "", "(a+b)"]).filter(({ isName }) => isName)).toEqual([
      { text: "(a+b)", isName: true },
      { text: "a+b", isName: true },
    ]);
  });

  it("may be none", () => {
    expect(isolatedParts("Hello!", [])).toEqual([{ text: "Hello!", isName: false }]);
    expect(isolatedParts("Hello!", ["Ada"])).toEqual([{ text: "Hello!", isName: false }]);
  });
});
