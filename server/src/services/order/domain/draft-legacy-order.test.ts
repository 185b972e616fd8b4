import { describe, expect, it } from "vitest";
import { draftLegacyOrder } from "./draft-legacy-order.ts";

const request = { phone: "call me", price: "about 12 €", requestArg: { "": "x", __key: "" } };

describe("draftLegacyOrder", () => {
  it("takes every text as it is", () => {
    expect(draftLegacyOrder(request)).toEqual({
      items: [],
      phone: "call me",
      price: "about 12 €",
      attributes: { "": "x", __key: "" },
      idempotencyKey: undefined,
    });
  });

  it("takes an empty order", () => {
    expect(draftLegacyOrder({ phone: "", price: "", requestArg: {} }).attributes).toEqual({});
  });

  it("takes the longest texts", () => {
    const longest = { phone: "p".repeat(1000), price: "1".repeat(1000), requestArg: { k: "v".repeat(49_999) } };
    expect(draftLegacyOrder(longest).attributes).toEqual(longest.requestArg);
  });

  it("names every text that is too long to keep", () => {
    const tooLong = { phone: "p".repeat(1001), price: "1".repeat(1002), requestArg: { k: "v".repeat(50_000) } };
    expect(() => draftLegacyOrder(tooLong)).toThrow(
      "phone must be at most 1000 characters: got 1001; price must be at most 1000 characters: got 1002; " +
        "request_arg must be at most 50000 characters in all: got 50001",
    );
  });

  it("refuses characters that cannot be kept or shown, and names them", () => {
    const odd = { phone: "1\u0000", price: "two\nlines", requestArg: { "a\u001b": "", b: "\u2067" } };
    expect(() => draftLegacyOrder(odd)).toThrow(
      "phone must have no control characters: got U+0000 null at index 1; " +
        'request_arg["a\\u001b"] must have no control characters: got U+001B escape at index 1; ' +
        'request_arg["b"] must not turn the direction of writing: got U+2067 right-to-left isolate at index 0',
    );
  });

  it("refuses more than 100 entries", () => {
    const requestArg = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [index, ""]));
    expect(() => draftLegacyOrder({ ...request, requestArg })).toThrow(
      "request_arg must be at most 100 entries: got 101",
    );
  });
});
