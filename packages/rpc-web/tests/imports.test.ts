import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const entryOf = (name: string) => new URL(`../src/${name}`, import.meta.url).href;
const packageRoot = new URL("..", import.meta.url).href;

/** The modules that an entry leads to by its imports, those of types and those that wait for a call among them. */
async function reach(entry: string) {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files) {
    const source = await readFile(fileURLToPath(file), "utf8");
    for (const [, specifier = ""] of source.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"([^"]+)"/g)) {
      if (specifier.startsWith(".")) files.add(new URL(specifier, file).href);
      else packages.add(specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/"));
    }
  }
  return { files: [...files].map((file) => file.replace(packageRoot, "")), packages: [...packages].sort() };
}

it("the core needs Connect, protobuf and the frames shared with the server, and no React", async () => {
  const { files, packages } = await reach(entryOf("index.ts"));
  expect(packages).toEqual(["@bufbuild/protobuf", "@connectrpc/connect", "@triptych/wire"]);
  expect(files).toContain("src/transport/web-socket-transport.ts");
  expect(files).toContain("src/recorder/record-fetch.ts");
  expect(files.filter((file) => !file.startsWith("src/") || file.startsWith("src/react"))).toEqual([]);
});

it("the hooks add React to it, and nothing else", async () => {
  const { files, packages } = await reach(entryOf("react.ts"));
  expect(packages).toEqual(["@connectrpc/connect", "react"]);
  expect(files.filter((file) => !file.startsWith("src/"))).toEqual([]);
});
