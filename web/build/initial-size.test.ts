import { expect, it } from "vitest";
import { type ChunkSize, initialSize } from "./initial-size.ts";

function chunk(fileName: string, gzipBytes: number, more: Partial<ChunkSize> = {}): ChunkSize {
  return { fileName, gzipBytes, isEntry: false, page: undefined, imports: [], ...more };
}

it("counts the entry, the heaviest page and what both import, each file once", () => {
  const size = initialSize([
    chunk("index.js", 50, { isEntry: true, imports: ["vendor.js"] }),
    chunk("vendor.js", 100, { imports: ["index.js"] }),
    chunk("shared.js", 7, { imports: ["vendor.js"] }),
    chunk("books.js", 20, { page: "/src/books-page.tsx", imports: ["index.js", "shared.js"] }),
    chunk("greeter.js", 25, { page: "/src/greeter-page.tsx", imports: ["index.js"] }),
  ]);
  expect(size.page).toBe("/src/books-page.tsx");
  expect(size.gzipBytes).toBe(177);
  expect(size.files.toSorted()).toEqual(["books.js", "index.js", "shared.js", "vendor.js"]);
});

it("does not count what is loaded on demand", () => {
  const size = initialSize([
    chunk("index.js", 50, { isEntry: true }),
    chunk("dialog.js", 500),
    chunk("books.js", 20, { page: "/src/books-page.tsx" }),
  ]);
  expect(size.gzipBytes).toBe(70);
});

it("refuses a build in which it finds no page or no entry", () => {
  expect(() => initialSize([chunk("index.js", 50, { isEntry: true })])).toThrow("no entry or no page");
  expect(() => initialSize([chunk("books.js", 20, { page: "/src/books-page.tsx" })])).toThrow("no entry or no page");
});
