import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAcceptLanguage } from "./accept-language.ts";

describe("parseAcceptLanguage", () => {
  it.each([
    ["da, en-GB;q=0.8, en;q=0.7", ["da", "en-GB", "en"]],
    ["en;q=0.7,da", ["da", "en"]],
    ["a;q=0.5,b;q=0.5,c;q=0.5", ["a", "b", "c"]],
    ["de ; q=0.9 , fr ; Q=1.000", ["fr", "de"]],
    ["*;q=0.1, de", ["de", "*"]],
    ["de;q=0, fr;q=0.000", []],
    ["de;q=2, fr;q=0.1234, it;q=, es;x=1, nl;q=1;q=1, sv", ["sv"]],
    [" , ,", []],
    ["", []],
  ])("reads %j", (header, ranges) => expect(parseAcceptLanguage(header).wanted).toEqual(ranges));

  it("tells what is refused from what cannot be read", () => {
    expect(parseAcceptLanguage("de;q=0, en;q=0.000, fr;q=x, it, *;q=0").refused).toEqual(["de", "en", "*"]);
  });

  it("reads at most 32 ranges", () => {
    expect(parseAcceptLanguage(`${"tlh,".repeat(32)}de`).wanted).toEqual(Array(32).fill("tlh"));
  });

  it("sorts by weight and never throws", () => {
    const weights = fc.array(fc.integer({ min: 1, max: 999 }), { maxLength: 32 });
    fc.assert(
      fc.property(weights, (list) => {
        const header = list.map((weight) => `x${weight};q=0.${String(weight).padStart(3, "0")}`).join();
        expect(parseAcceptLanguage(header).wanted).toEqual(
          list.toSorted((a, b) => b - a).map((weight) => `x${weight}`),
        );
      }),
    );
    fc.assert(fc.property(fc.string(), (header) => Array.isArray(parseAcceptLanguage(header).wanted)));
  });
});
