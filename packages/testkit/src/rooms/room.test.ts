import { describe, expect, it } from "vitest";
import { importsOf } from "./imports-of.ts";
import { checkRooms, type Room } from "./room.ts";

const hall: Room = { name: "hall", files: ["h/"], owns: "", imports: ["a cell", "yard: back"], packages: ["node:fs"] };
const cell: Room = { name: "a cell", files: ["c/*/"], owns: "", imports: [], packages: [] };
const yard: Room = { name: "yard", files: ["y/*/"], owns: "", imports: [], packages: [] };
const rooms = [hall, cell, yard];
const file = (path: string, ...specifiers: string[]) => ({
  path,
  imports: importsOf(path, specifiers.map((specifier) => `import "${specifier}";`).join("\n")),
});
const used = file("h/used.ts", "../c/one/a.ts", "../y/back/a.ts", "node:fs/promises");

describe("what a matrix says of files", () => {
  it("is nothing where each import is listed, or stays in its room", () => {
    expect(checkRooms(rooms, [used, file("h/b.ts", "./used.ts"), file("c/one/a.ts", "./deep/b.ts")])).toEqual([]);
  });

  it.each([
    ["a room that is not listed", file("c/one/a.ts", "../../h/b.ts"), "a cell may import itself and nothing"],
    ["another room of the same kind", file("c/one/a.ts", "../two/b.ts"), "a cell may import itself and nothing"],
    [
      "one of a kind that is not named",
      file("h/b.ts", "../y/front/a.ts"),
      "hall may import itself and a cell, yard: back, node:fs",
    ],
    ["a package", file("h/b.ts", "node:fsx"), "hall may import itself and a cell, yard: back, node:fs"],
    ["what is in no room", file("c/one/a.ts", "../../z/a.ts"), "a cell may import itself and nothing"],
  ])("names an import of %s", (_what, wrong, allowed) => {
    const [found] = wrong.imports;
    expect(checkRooms(rooms, [used, wrong])).toEqual([`${wrong.path} imports ${found?.specifier}: ${allowed}`]);
  });

  it("names a file in no room", () => {
    expect(checkRooms(rooms, [used, file("z/a.ts")])).toEqual(["z/a.ts is in no room"]);
  });

  it("names what nothing uses", () => {
    expect(checkRooms(rooms, [file("h/b.ts", "../c/one/a.ts", "node:fs")])).toEqual(["nothing uses hall → yard: back"]);
  });
});
