import { describe, expect, it } from "vitest";
import { normalizePhone, phoneProblem } from "./phone.ts";

describe("normalizePhone", () => {
  it.each([
    ["\u202a+49 30 1234567\u202c", "+49 30 1234567"],
    ["+49\u00a030\u202f123\u20114567", "+49 30 123-4567"],
    ["\ufeff030\u200b 123\u00ad45", "030 12345"],
    ["030–1234—5 − 6", "030-1234-5 - 6"],
    ["＋４９（３０）１２３４", "+49(30)1234"],
    [" 12345\t\n", "12345"],
    ["\u2066\u200e12345\u2069", "12345"],
    ["+49 30 1234567", "+49 30 1234567"],
  ])("makes of %j %j", (text, phone) => {
    expect(normalizePhone(text)).toBe(phone);
    expect(phoneProblem(phone)).toBeUndefined();
  });

  it("leaves a text alone that is far too long", () => {
    const text = "\u00a0".repeat(1_000_000);
    expect(normalizePhone(text)).toBe(text);
  });
});

describe("phoneProblem", () => {
  it.each([
    "110",
    "+49 30 1234567",
    "(030) 123/456-7",
    "+1 (212) 555.0100",
    "+(49) 30 12",
    "030 1234 (12)",
    "123456789012345",
  ])("takes %s", (text) => {
    expect(phoneProblem(text)).toBeUndefined();
  });

  it.each([
    ["", 'got ""'],
    ["12", 'got "12"'],
    ["1234567890123456", 'got "1234567890123456"'],
    ["++49 30 123", 'got "++49 30 123"'],
    ["49+30123", 'got "49+30123"'],
    ["12345-", 'got "12345-"'],
    ["+", 'got "+"'],
    ["12a45", 'got "12a45"'],
    ["12\u000045", 'got U+0000 null at index 2 of "12\\u000045"'],
    ["١٢٣٤", 'got "١" at index 0 of "١٢٣٤"'],
    [`1${" ".repeat(60)}23`, `got "1${" ".repeat(29)}"…`],
  ])("refuses %j and says what it got", (text, got) => {
    expect(phoneProblem(text)).toMatch(/^must be 3 to 15 digits, .* at most 60 characters in all: got /);
    expect(phoneProblem(text)?.endsWith(`: ${got}`)).toBe(true);
  });
});
