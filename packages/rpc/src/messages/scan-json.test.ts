import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scanJson } from "./scan-json.ts";

const MANY = 1_000_000;

/** Counts keys and values one by one. */
function count(json: unknown): number {
  if (typeof json !== "object" || json === null) return 0;
  const inner = Object.values(json).reduce((sum: number, value) => sum + count(value), 0);
  return Object.keys(json).length * (Array.isArray(json) ? 1 : 2) + inner;
}

describe("scanJson", () => {
  it("counts no fewer elements than there are keys and values, and hardly more", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (json) => {
        const { elements } = scanJson(JSON.stringify(json), MANY);
        expect(elements).toBeGreaterThanOrEqual(count(json));
        expect(elements).toBeLessThanOrEqual(2 * count(json) + 2);
      }),
    );
  });

  it("ends at the first element that is too many", () => {
    expect(scanJson(`[${"0,".repeat(1_000)}0]`, 10).elements).toBe(11);
  });

  it.each([
    ['{"a":1,"a":2}', "a"],
    ['{"a":{"b":1,"b":2}}', "b"],
    ['{"a":1,"\\u0061":2}', "a"],
    ['[{"a":1},{"a":1}]', undefined],
    ['{"a":"a","b":["a","a"]}', undefined],
    ['{"a\\"":1,"a\\\\":2}', undefined],
    ['{"__proto__":1,"__proto__":2}', "__proto__"],
  ])("finds in %s the key that is there twice: %s", (text, key) => {
    expect(scanJson(text, MANY).duplicateKey).toBe(key);
  });

  it.each([
    ["[1, -2.5, 123456789012345]", false],
    ["9007199254740993", true],
    ["[1e3]", true],
    ["[-1234567890.12345]", true],
    ['["9007199254740993", "1e3"]', false],
  ])("finds of %s whether a double may lose digits: %s", (text, may) => {
    expect(scanJson(text, MANY).mayLoseDigits).toBe(may);
  });

  it("finds how deep it is", () => {
    expect(scanJson('[[{"a":[]}],[]]', MANY).depth).toBe(4);
  });

  it("ends on any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\1e-.a ') }), (text) => {
        expect(scanJson(text, MANY).elements).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });
});
