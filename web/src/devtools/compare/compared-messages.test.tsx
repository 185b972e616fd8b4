import { render, screen, within } from "@testing-library/react";
import type { Decoded, RecordedFrame } from "@triptych/rpc-web";
import { expect, it } from "vitest";
import { ComparedMessages } from "./compared-messages.tsx";

function message(decoded: Decoded, ...payload: readonly number[]) {
  const frame: RecordedFrame = {
    number: 1,
    numberOfKind: 1,
    direction: "sent",
    at: 0,
    flag: 0,
    meaning: "message",
    codec: "proto",
    length: 70_000,
    payload: Uint8Array.from(payload),
    incomplete: false,
  };
  return { frame, decoded };
}

const numbers = (count: number): Decoded => ({ kind: "json", text: Array.from(Array(count).keys()).join(",\n") });

it("says why messages are not decoded, and what their bytes tell", () => {
  const unreadable: Decoded = { kind: "unreadable", reason: "too long to be kept whole" };
  render(<ComparedMessages title="Messages sent" first={[message(unreadable, 1)]} second={[message(unreadable, 2)]} />);
  const group = screen.getByRole("region", { name: "Messages sent" });
  expect(group.textContent).toContain("Message 1: differs");
  expect(
    within(group)
      .getAllByText(/not decoded: too long/)
      .map(({ textContent }) => textContent),
  ).toEqual([
    "First call: not decoded: too long to be kept whole.",
    "Second call: not decoded: too long to be kept whole.",
  ]);
  expect(within(group).queryByRole("region", { name: "Line by line" })).toBeNull();
});

it("has a message of one call whole, up to what there is room for", () => {
  render(<ComparedMessages title="Messages sent" first={[message(numbers(65_000))]} second={[]} />);
  const lines = screen.getByRole("region", { name: "Line by line" });
  expect(lines.querySelectorAll("del")).toHaveLength(500);
  expect(lines.querySelector("ins")).toBeNull();
  expect(lines.lastElementChild?.textContent).toBe(
    "64,500 more lines left out here: what is saved as JSON has them all",
  );
});

it("has the numbers of messages, and says which call does not have one any more", () => {
  const numbered = (numberOfKind: number) => {
    const { frame, decoded } = message(numbers(1));
    return { frame: { ...frame, numberOfKind }, decoded };
  };
  render(<ComparedMessages title="Messages received" first={[numbered(1), numbered(500)]} second={[numbered(500)]} />);
  const messages = screen.getAllByText(/^Message \d/).map(({ textContent }) => textContent);
  expect(messages).toEqual(["Message 1: not kept of the second call", "Message 500: the same"]);
});

it("folds what two messages have in common", () => {
  render(
    <ComparedMessages title="Messages sent" first={[message(numbers(65_000))]} second={[message(numbers(65_000))]} />,
  );
  const lines = screen.getByRole("region", { name: "Line by line" });
  expect(lines.childElementCount).toBe(21);
  expect(within(lines).getByText("64,980 equal lines")).toBeDefined();
});
