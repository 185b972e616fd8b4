import { Code, ConnectError } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { refuse } from "./fake-greeter.ts";
import { currentViolations, isAnswered, type Refusal } from "./refusal.ts";

const refusal: Refusal = {
  error: refuse({ name: "must have 1 to 200 characters: got none", count: "must be 0 or more: got -1" }),
  sent: { name: "", language: "de", count: -1 },
};

it("a violation stands at its field while the value is the one that was sent", () => {
  const violations = currentViolations(refusal, { name: "", language: "en", count: 5 });
  expect([...violations]).toEqual([["name", "must have 1 to 200 characters: got none"]]);
});

it("a violation of a field that the form does not have stands nowhere", () => {
  expect([...currentViolations(refusal, { name: "", language: "de" }).keys()]).toEqual(["name"]);
});

it("nothing is wrong without a refusal", () => {
  expect(currentViolations(undefined, { name: "" }).size).toBe(0);
});

it("a refusal is answered once every field it names has been changed", () => {
  expect(isAnswered(refusal, { name: "", language: "de", count: 5 })).toBe(false);
  expect(isAnswered(refusal, { name: "Ada", language: "de", count: 5 })).toBe(true);
});

it("a failure that names no field is never answered by the form", () => {
  const failure: Refusal = { error: new ConnectError("down", Code.Unavailable), sent: { name: "" } };
  expect(isAnswered(failure, { name: "Ada" })).toBe(false);
});
