import { expect, it } from "vitest";
import { safePath } from "./safe-path.ts";

it.each(["/", "/books", "/books?protocol=connect#top", "/a//b"])("returns to a page: %s", (path) => {
  expect(safePath(path)).toBe(path);
});

it.each([
  undefined,
  null,
  "",
  "books",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/%2e//evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/auth/sign-in",
  `/${"a".repeat(1_000)}`,
  `/${"漢".repeat(112)}`,
  `/?q=${"ü".repeat(167)}`,
])("returns to the first page instead of %j", (path) => {
  expect(safePath(path)).toBe("/");
});
