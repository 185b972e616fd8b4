import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactInteger } from "./exact-integer.ts";

describe("exactInteger", () => {
  it.each([
    ["0", "0"],
    ["-0", "-0"],
    ["42", "42"],
    ["1.0", "1"],
    ["1e0", "1"],
    ["1E+2", "100"],
    ["-1.50e1", "-15"],
    ["10e-1", "1"],
    ["0.0000e-5", "0"],
    ["9007199254740993.0", "9007199254740993"],
    ["9.223372036854775807e18", "9223372036854775807"],
    ["123456789012345e4", "1234567890123450000"],
  ])("reads %s as %s", (text, integer) => {
    expect(exactInteger(text)).toBe(integer);
  });

  it.each(["", " 1", "1 ", "+5", "0x10", "0b1", "1_000", "01", ".5", "5.", "1.5", "1e-1", "1e", "NaN", "1e999999999"])(
    "rejects %j",
    (text) => {
      expect(exactInteger(text)).toBeUndefined();
    },
  );

  it("takes no longer for many zeros than for their number", () => {
    // With a pattern that tries again at each zero this takes hours.
    expect(exactInteger(`1${"0".repeat(4_000_000)}1`)).toBeUndefined();
    expect(exactInteger(`1.${"0".repeat(4_000_000)}1`)).toBeUndefined();
  });

  it("is the integer, wherever the point stands", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
        fc.integer({ min: 0, max: 25 }),
        (value, places) => {
          const digits = String(value < 0n ? -value : value).padStart(places + 1, "0");
          const whole = digits.slice(0, digits.length - places);
          const text = `${value < 0n ? "-" : ""}${whole}${places > 0 ? `.${digits.slice(-places)}` : ""}e${places}`;
          expect(BigInt(exactInteger(text) ?? "1.5")).toBe(value);
        },
      ),
    );
  });
});
