import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchableWordsOf, wordsOf } from "./words.ts";

describe("wordsOf", () => {
  it.each([
    ["Gabriel García Márquez", ["gabriel", "garcia", "marquez"]],
    ["Stanisław Lem", ["stanislaw", "lem"]],
    ["Ender's Game", ["enders", "game"]],
    ["Ender’s Game", ["enders", "game"]],
    ["Catch-22", ["catch", "22"]],
    ["Straße, Æsop & Øre", ["strasse", "aesop", "ore"]],
    ["Arnaldur Indriðason", ["arnaldur", "indridason"]],
    ["Þórbergur Þórðarson", ["thorbergur", "thordarson"]],
    ["Ħal Għarb, Sámi Ŋ ŧ", ["hal", "gharb", "sami", "n", "t"]],
    ["ﬁre, ＦＵＬＬ, ½ ℃, x²", ["fire", "full", "1", "2", "c", "x2"]],
    ["d\u00adu\u200bn\u2060e", ["dune"]],
    ["ΟΔΥΣΣΕΥΣ οδυσσεύς", ["οδυσσευσ", "οδυσσευσ"]],
    ["ʻOkina ‘Abd Qurʼan", ["okina", "abd", "quran"]],
    ["Преступление и наказание", ["преступление", "и", "наказание"]],
    ["?!", []],
    ["", []],
  ])("splits %j", (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it("does not depend on how accents are encoded", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(wordsOf(text.normalize("NFD"))).toEqual(wordsOf(text.normalize("NFC")));
      }),
    );
  });
});

describe("searchableWordsOf", () => {
  it.each([
    ["Catch-22", ["catch", "22", "catch22"]],
    ["J. R. R. Tolkien", ["j", "r", "tolkien", "jrr"]],
    ["I, Robot", ["i", "robot"]],
  ])("adds to the words of %j what they make without punctuation", (text, words) => {
    expect(searchableWordsOf(text).sort()).toEqual(words.sort());
  });
});
