import { Code } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { codeName } from "./code-name.ts";

it("names a code as it is written everywhere", () => {
  expect(codeName(Code.InvalidArgument)).toBe("INVALID_ARGUMENT");
  expect(codeName(Code.Internal)).toBe("INTERNAL");
});
