import { expect, it } from "vitest";
import { StreamTable } from "./stream-table.ts";

it("remembers the thousand streams that were reset last", () => {
  const table = new StreamTable();
  const ids = Array.from({ length: 1_001 }, (_, index) => 2 * index + 1);
  for (const id of ids) table.rememberReset(id);
  expect(ids.filter((id) => !table.wasReset(id))).toEqual([1]);
});
