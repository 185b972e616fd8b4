import fc from "fast-check";
import { expect, it } from "vitest";
import { maskedPhone } from "./masked-text.ts";

it.each([
  ["+49 170 1234567", "+•• ••• •••••67"],
  ["(030) 12-34", "(•••) ••-34"],
  ["112", "•12"],
  ["ask Ada", "••• •••"],
  ["", ""],
])("%s is shown as %s", (phone, expected) => {
  expect(maskedPhone(phone)).toBe(expected);
});

it("shows at most two letters or digits of whatever a client wrote, and not much in all", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (phone) => {
      const masked = maskedPhone(phone);
      return (masked.match(/[\p{L}\p{N}]/gu) ?? []).length <= 2 && masked.length <= 40;
    }),
  );
});
