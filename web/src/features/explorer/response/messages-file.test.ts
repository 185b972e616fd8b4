import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import type { LogEntry } from "../call/call-log.ts";
import { allTypes, methodOf } from "../testing/all-types.ts";
import { messagesFile } from "./messages-file.ts";

const method = methodOf("Taste");
const types = { method, types: allTypes };

function entry(number: number, text: string): LogEntry {
  return { number, direction: "received", at: 0, message: create(method.output, { text, small: number }) };
}

it("is the JSON of the only message, or a list of them", async () => {
  const read = async (entries: readonly LogEntry[]) => JSON.parse(await (await messagesFile(entries, types)).text());
  expect(await read([entry(1, "a")])).toMatchObject({ text: "a", small: 1 });
  expect(await read([entry(1, "a"), entry(2, "b")])).toMatchObject([{ text: "a" }, { text: "b" }]);
  expect(await read([])).toEqual([]);
});

it("hands the browser no more than some of the text at once", async () => {
  const text = "é".repeat(10_000);
  const entries = Array.from({ length: 500 }, (_, index) => entry(index + 1, text));
  const sizes: number[] = [];
  const file = await messagesFile(entries, types, (parts) => {
    sizes.push(parts.reduce((sum, part) => sum + (typeof part === "string" ? part.length : 0), 0));
    return new Blob(parts);
  });
  expect(JSON.parse(await file.text())).toHaveLength(500);
  expect(Math.max(...sizes)).toBeLessThan(600_000);
});
