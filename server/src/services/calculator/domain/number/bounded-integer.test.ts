import { describe, expect, it } from "vitest";
import { OutOfRange } from "../../../../domain/errors.ts";
import { addIntegers, multiplyIntegers } from "./bounded-integer.ts";

const [most, least] = [2n ** 63n - 1n, -(2n ** 63n)];

describe("int64 arithmetic", () => {
  it("gives everything that fits", () => {
    expect(addIntegers(most, 0n, "int64")).toBe(most);
    expect(addIntegers(least, most, "int64")).toBe(-1n);
    expect(multiplyIntegers(least, 1n, "int64")).toBe(least);
    expect(multiplyIntegers(2n ** 31n, -(2n ** 32n), "int64")).toBe(least);
  });

  it.each([
    ["the sum must fit int64: got 9223372036854775808", () => addIntegers(most, 1n, "int64")],
    ["the sum must fit int64: got -9223372036854775809", () => addIntegers(least, -1n, "int64")],
    ["the product must fit int64: got 9223372036854775808", () => multiplyIntegers(least, -1n, "int64")],
    ["the product must fit int32: got 2147483648", () => multiplyIntegers(65_536n, 32_768n, "int32")],
  ])("refuses the rest: %s", (message, compute) => {
    expect(compute).toThrow(new OutOfRange(message));
  });
});
