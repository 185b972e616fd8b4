import { describe, expect, it } from "vitest";
import { envelope } from "../envelope.ts";
import { createMessageCounter } from "./message-counter.ts";

const messages = [0, 1, 300, 0, 7].map((length) => envelope(Buffer.alloc(length, 1)));
const bytes = Buffer.concat([Buffer.from("before"), ...messages, Buffer.from("after")]);
const start = "before".length;
const end = bytes.length - "after".length;

describe("counting messages", () => {
  it("counts those of one piece of a buffer", () => {
    expect(createMessageCounter()(bytes, start, end)).toBe(5);
  });

  it("counts each once when it comes byte by byte", () => {
    const count = createMessageCounter();
    let counted = 0;
    for (let at = start; at < end; at++) counted += count(bytes, at, at + 1);
    expect(counted).toBe(5);
  });

  it("does not count one whose last byte is missing", () => {
    expect(createMessageCounter()(bytes, start, end - 1)).toBe(4);
  });
});
