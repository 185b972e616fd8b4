import { describe, expect, it } from "vitest";
import { isPhone } from "./phone.ts";

describe("isPhone", () => {
  it.each([
    "110",
    "+49 30 1234567",
    "(030) 123/456-7",
    "+1 (212) 555.0100",
    "+(49) 30 12",
    "030 1234 (12)",
    "123456789012345",
  ])("takes %s", (text) => {
    expect(isPhone(text)).toBe(true);
  });

  it.each([
    "",
    "12",
    "1234567890123456",
    "++49 30 123",
    "49+30123",
    " 12345",
    "12345 ",
    "12345-",
    "+",
    "12a45",
    "123\n",
    "١٢٣٤",
    `1${" ".repeat(60)}23`,
  ])("refuses %j", (text) => {
    expect(isPhone(text)).toBe(false);
  });
});
