import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cyclesOf } from "../src/rooms/cycles.ts";
import { rooms } from "../src/rooms/matrix.ts";
import { checkRooms, roomOf } from "../src/rooms/room.ts";
import { isProduction, isSource, readWorkspace, root, workspaces } from "../src/rooms/source-files.ts";
import { withTable } from "../src/rooms/table.ts";

const files = workspaces.flatMap(([folder]) => readWorkspace(folder));
const production = files.filter(({ path }) => isProduction(path));

it("every import of what is served, packed or shown is one that its room allows", () => {
  expect(checkRooms(rooms, production)).toEqual([]);
});

it("nothing that is served, packed or shown knows a contract of the tests", () => {
  const isOfTests = /^@triptych\/proto\/(?:triptych|grpc)\/testing\//;
  expect(importsThat((_path, { specifier }) => isOfTests.test(specifier), production)).toEqual([]);
});

it("nothing that is served, packed or shown imports what is there for tests", () => {
  const isForTests = (_path: string, { target }: { target: string | undefined }) =>
    target !== undefined && isSource(target) && !isProduction(target);
  expect(importsThat(isForTests, production)).toEqual([]);
});

it("no relative import leaves its workspace", () => {
  const folders = workspaces.map(([folder]) => `${folder}/`);
  const workspaceOf = (path: string) => folders.find((folder) => path.startsWith(folder));
  const leaves = (path: string, { specifier, target = "" }: { specifier: string; target: string | undefined }) =>
    specifier.startsWith(".") && workspaceOf(target) !== workspaceOf(path);
  expect(importsThat(leaves, files)).toEqual([]);
});

describe.each(["server", "web"])("in %s", (workspace) => {
  const own = production.filter(({ path }) => path.startsWith(`${workspace}/`));

  it("no file leads back to itself", () => {
    const graph = new Map(
      own.map(({ path, imports }) => [path, new Set(imports.flatMap(({ target }) => target ?? []))]),
    );
    expect(cyclesOf(graph)).toEqual([]);
  });

  it("no room leads back to itself", () => {
    const graph = new Map<string, Set<string>>();
    for (const { path, imports } of own) {
      const from = roomOf(rooms, path) ?? path;
      const to = imports.flatMap(({ target }) => (target === undefined ? [] : (roomOf(rooms, target) ?? [])));
      graph.set(from, new Set([...(graph.get(from) ?? []), ...to.filter((room) => room !== from)]));
    }
    expect(cyclesOf(graph)).toEqual([]);
  });
});

it("the table of docs/architecture.md is what the matrix writes: `npm run rooms`", () => {
  const page = readFileSync(join(root, "docs", "architecture.md"), "utf8");
  expect(page).toBe(withTable(page, rooms));
});

function importsThat(
  is: (path: string, found: (typeof files)[number]["imports"][number]) => boolean,
  from: typeof files,
): string[] {
  return from.flatMap(({ path, imports }) =>
    imports.filter((found) => is(path, found)).map(({ specifier }) => `${path} imports ${specifier}`),
  );
}
