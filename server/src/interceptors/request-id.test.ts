import { expect, it } from "vitest";
import { requestIdOf } from "./request-id.ts";

const idOf = (text: string) => requestIdOf(new Headers({ "x-request-id": text }));

it.each(["7", "order-7", "a.b:c_d", "f".repeat(64)])("keeps %s", (id) => {
  expect(idOf(id)).toBe(id);
});

it.each(["", "two words", "ada@example.com", "a".repeat(65), '{"a":1}'])("does not keep %j", (text) => {
  expect(idOf(text)).toBeUndefined();
});

it("finds none where there is none", () => {
  expect(requestIdOf(new Headers())).toBeUndefined();
});
