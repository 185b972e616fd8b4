import { describe, expect, it } from "vitest";
import { GREETING_PATTERNS, type GreetingPatterns, isSpokenTag, SPOKEN_TAGS } from "./greeting-patterns.ts";

const patternsOf = (patterns: GreetingPatterns) => Object.values(patterns);

describe("GREETING_PATTERNS", () => {
  it("speaks the languages that people expect", () => {
    expect(SPOKEN_TAGS).toEqual(
      expect.arrayContaining(
        ["ar", "bn", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "id", "it", "ja", "ko", "nb"].concat([
          "nl",
          "pl",
          "pt",
          "pt-BR",
          "ru",
          "sv",
          "sw",
          "th",
          "tr",
          "uk",
          "vi",
          "zh-Hans",
          "zh-Hant",
        ]),
      ),
    );
  });

  it("names every language by its canonical tag", () => {
    expect(SPOKEN_TAGS).toEqual(SPOKEN_TAGS.map((tag) => new Intl.Locale(tag).toString()));
  });

  it("lists the languages sorted by tag", () => {
    expect(Object.keys(GREETING_PATTERNS)).toEqual([...SPOKEN_TAGS]);
  });

  it.each(Object.entries<GreetingPatterns>(GREETING_PATTERNS))("%s names whom it greets once", (_, patterns) => {
    expect(patternsOf(patterns).map((pattern) => pattern.split("{name}").length)).toEqual(
      patternsOf(patterns).map(() => 2),
    );
  });

  it.each(Object.entries<GreetingPatterns>(GREETING_PATTERNS))("%s greets in three ways at most", (_, patterns) => {
    expect(new Set(patternsOf(patterns)).size).toBe(patternsOf(patterns).length);
  });

  it.each(Object.entries<GreetingPatterns>(GREETING_PATTERNS))("%s ends with its exclamation mark", (tag, patterns) => {
    const mark = /^(ja|zh)/.test(tag) ? "！" : "!";
    expect(patternsOf(patterns).map((pattern) => pattern.at(-1))).toEqual(patternsOf(patterns).map(() => mark));
  });

  it.each(SPOKEN_TAGS)("%s is written in the script of its tag", (tag) => {
    const { script } = new Intl.Locale(tag).maximize();
    const unicodeScript = { Hans: "Han", Hant: "Han", Jpan: "Hiragana", Kore: "Hangul" }[`${script}`] ?? script;
    const letters = GREETING_PATTERNS[tag].hello.replace("{name}", "").match(/\p{L}/gu);
    expect(letters?.join("")).toMatch(new RegExp(`^\\p{Script=${unicodeScript}}+$`, "u"));
  });

  it.each(["es"] as const)("%s opens what it closes", (tag) => {
    expect(Object.values(GREETING_PATTERNS[tag])).toEqual([
      expect.stringMatching(/^¡.*!$/),
      expect.stringMatching(/^¡.*!$/),
    ]);
  });
});

describe("isSpokenTag", () => {
  it.each(["de", "pt-BR"])("takes %s", (tag) => expect(isSpokenTag(tag)).toBe(true));
  it.each(["", "DE", "tlh", "toString", "__proto__"])("refuses %j", (tag) => expect(isSpokenTag(tag)).toBe(false));
});
