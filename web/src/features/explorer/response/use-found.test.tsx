import { create } from "@bufbuild/protobuf";
import { renderHook, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import type { LogEntry } from "../call/call-log.ts";
import { allTypes, methodOf } from "../testing/all-types.ts";
import { useFound } from "./use-found.ts";

const method = methodOf("Chat");
const types = { method, types: allTypes };

function entry(number: number, text: string): LogEntry {
  return { number, direction: "received", at: 0, message: create(method.output, { text }) };
}

const numbers = (entries: readonly LogEntry[]) => entries.map(({ number }) => number);

it("finds messages by what they contain, whatever its case, and all where nothing is looked for", async () => {
  const entries = [entry(1, "Hello, Ada"), entry(2, "Bye"), entry(3, "hello, Grace")];
  const { result, rerender } = renderHook(({ text }) => useFound(entries, text, types), {
    initialProps: { text: "HELLO" },
  });
  await waitFor(() => expect(numbers(result.current)).toEqual([1, 3]));
  rerender({ text: "bye" });
  await waitFor(() => expect(numbers(result.current)).toEqual([2]));
  rerender({ text: "" });
  expect(result.current).toBe(entries);
});

it("looks through each message once, and shows what is found while more come", async () => {
  let looks = 0;
  const counted = (one: LogEntry): LogEntry => ({
    ...one,
    get message() {
      looks++;
      return one.message;
    },
  });
  const first = [counted(entry(1, "a")), counted(entry(2, "b"))];
  const { result, rerender } = renderHook(({ entries }) => useFound(entries, '"a', types), {
    initialProps: { entries: first },
  });
  await waitFor(() => expect(numbers(result.current)).toEqual([1]));
  rerender({ entries: [...first, counted(entry(3, "a"))] });
  expect(numbers(result.current)).toEqual([1]);
  await waitFor(() => expect(numbers(result.current)).toEqual([1, 3]));
  expect(looks).toBe(3);
});
