import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, it } from "vitest";
import { gatherLines } from "./gather-lines.ts";

function gather() {
  const written: string[] = [];
  return { written, lines: gatherLines((text) => written.push(text)) };
}

it("writes the lines of one turn in one piece, and those of the next in another", async () => {
  const { written, lines } = gather();
  lines.write("a\n");
  lines.write("b\n");
  expect(written).toEqual([]);
  await nextTurn();
  lines.write("c\n");
  await nextTurn();
  expect(written).toEqual(["a\nb\n", "c\n"]);
});

it("writes what there is when it is flushed, and nothing twice", async () => {
  const { written, lines } = gather();
  lines.write("a\n");
  lines.flush();
  expect(written).toEqual(["a\n"]);
  await nextTurn();
  lines.flush();
  expect(written).toEqual(["a\n"]);
});
