import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../../../domain/errors.ts";
import { chooseLanguage } from "./choose-language.ts";
import { isSpokenTag, SPOKEN_TAGS } from "./greeting-patterns.ts";

describe("chooseLanguage", () => {
  it.each(SPOKEN_TAGS)("speaks %s when asked for it, in whatever case", (tag) => {
    expect(chooseLanguage(tag, "fr")).toBe(tag);
    expect(chooseLanguage(tag.toUpperCase(), "fr")).toBe(tag);
  });

  it.each([
    ["de-AT", "de"],
    ["de-Latn-DE-1996", "de"],
    ["en-US-u-ca-buddhist", "en"],
    ["pt-PT", "pt"],
    ["pt-AO", "pt"],
    ["pt-Latn-BR", "pt-BR"],
    ["pt-br", "pt-BR"],
    ["zh", "zh-Hans"],
    ["zh-SG", "zh-Hans"],
    ["zh-TW", "zh-Hant"],
    ["zh-HK", "zh-Hant"],
    ["zh-Hant-CN", "zh-Hant"],
    ["zh-yue-HK", "zh-Hant"],
    ["zh-yue", "zh-Hant"],
    ["zh-yue-Hans", "zh-Hans"],
    ["yue-CN", "zh-Hans"],
    ["ZH-Yue", "zh-Hant"],
    ["zh-cmn-Hant", "zh-Hant"],
    ["zh-gan", "zh-Hans"],
    ["zh-min-nan", "zh-Hans"],
    ["zh-min", "zh-Hans"],
    ["zh-hakka", "zh-Hans"],
    ["ar-arz", "ar"],
    ["ar-aao", "ar"],
    ["ms-zsm", "ms"],
    ["en-GB-oed", "en"],
    ["EN-gb-OED", "en"],
    ["i-lux", "de"],
    ["i-default", "en"],
    ["no-nyn", "nb"],
    ["cmn-TW", "zh-Hant"],
    ["yue", "zh-Hant"],
    ["no", "nb"],
    ["nn-NO", "nb"],
    ["no-bok", "nb"],
    ["iw", "he"],
    ["in", "id"],
    ["tl", "fil"],
    ["sh", "sr-Latn"],
    ["sr-ME", "sr-Latn"],
    ["sr-Cyrl-ME", "sr"],
    ["bs", "hr"],
    ["und-GR", "el"],
    ["und", "en"],
  ])("answers %s in %s", (tag, language) => {
    expect(chooseLanguage(tag, null)).toBe(language);
  });

  it.each([
    "tlh",
    "haw",
    "x-klingon",
    "i-klingon",
    "i-mingo",
    "art-lojban",
    "sgn-BE-FR",
    "sgn-be-nl",
    "sgn-ase",
    "ar-Latn",
    "zh-Latn",
    "mul",
  ])("answers %s, which it does not speak, in English", (tag) => expect(chooseLanguage(tag, "de")).toBe("en"));

  it.each([
    "de_AT",
    "a",
    "deutsch-",
    "en--US",
    "e",
    "de ",
    "*",
    "日本語",
    "x",
    "i-unknown",
    "zh-yue-yue-yue-yue",
    "en-\u0000",
    "\ud800",
  ])("refuses %j", (tag) => {
    const description = `must be a BCP 47 tag such as "pt-BR": got ${JSON.stringify(tag)}`;
    expect(() => chooseLanguage(tag, "de")).toThrow(new InvalidInput({ field: "language", description }));
  });

  it("refuses a long tag and shows only its beginning", () => {
    expect(() => chooseLanguage(`en${"-abcdefgh".repeat(20)}`, null)).toThrow(/got "en-abcdefgh.{29}"…$/);
  });

  it.each([
    ["de", "de"],
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["tlh, fr;q=0.5, de;q=0.7", "de"],
    ["fr;q=0.1, ja", "ja"],
    ["fr;q=0, it;q=0.001", "it"],
    ["ja;q=0.5, ko;q=0.5", "ja"],
    ["*, de;q=0.5", "en"],
    ["en;q=0, *", "es"],
    ["EN;q=0.0, *;q=0.5", "es"],
    ["en;q=0, es;q=0, *", "zh-Hans"],
    ["zh;q=0, en;q=0, es;q=0, *", "hi"],
    ["*, en;q=0.5", "es"],
    ["en;q=0, *;q=0.5, en-GB;q=0.3", "es"],
    ["en;q=0, en-GB", "en"],
    ["en;q=0", "es"],
    ["nb;q=0, nn, sv;q=0.1", "sv"],
    ["*;q=0, de", "de"],
    ["*;q=0", "en"],
    ["zh-yue", "zh-Hant"],
    ["en-GB-oed, de;q=0.5", "en"],
    ["tlh, *;q=0.1", "en"],
    ["tlh", "en"],
    ["de_AT, sv", "sv"],
    [";;;,=,q=1,, sv", "sv"],
    ["", "en"],
  ])("takes the metadata %j for %s when no language is named", (header, language) => {
    expect(chooseLanguage("", header)).toBe(language);
  });

  it("shows the start of a long tag that it refuses, cut between characters", () => {
    const description = `must be a BCP 47 tag such as "pt-BR": got "-${"😀".repeat(39)}"…`;
    expect(() => chooseLanguage(`-${"😀".repeat(60)}`, null)).toThrow(description);
  });

  it("takes English when there is no metadata either", () => expect(chooseLanguage("", null)).toBe("en"));

  it("answers any metadata in a language it speaks", () => {
    const range = fc.oneof(fc.stringMatching(/^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8}){0,3}(;q=[0-9.]{0,5})?$/), fc.string());
    fc.assert(fc.property(fc.array(range), (ranges) => isSpokenTag(chooseLanguage("", ranges.join(",")))));
  });

  it("answers any tag in a language it speaks, or refuses it as invalid input", () => {
    const tag = fc.oneof(
      fc.stringMatching(/^[a-zA-Z]{1,8}([-_][a-zA-Z0-9]{0,8}){0,4}$/),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(tag, (value) => ["spoken", "InvalidInput"].includes(outcomeOf(value))),
      {
        numRuns: 1_000,
      },
    );
  });
});

function outcomeOf(tag: string): string {
  try {
    return isSpokenTag(chooseLanguage(tag, null)) ? "spoken" : "not spoken";
  } catch (error) {
    return error instanceof InvalidInput ? error.name : `unexpected: ${error}`;
  }
}
