import { expect, it } from "vitest";
import { LANGUAGES } from "./languages.ts";

it("lists every language with its own and its English name", () => {
  expect(LANGUAGES.length).toBeGreaterThanOrEqual(24);
  expect(LANGUAGES).toEqual(
    expect.arrayContaining([
      { tag: "de", name: "Deutsch", englishName: "German", rightToLeft: false },
      { tag: "he", name: "עברית", englishName: "Hebrew", rightToLeft: true },
      { tag: "id", name: "Bahasa Indonesia", englishName: "Indonesian", rightToLeft: false },
      { tag: "pt-BR", name: "português (Brasil)", englishName: "Brazilian Portuguese", rightToLeft: false },
      { tag: "zh-Hant", name: "繁體中文", englishName: "Traditional Chinese", rightToLeft: false },
    ]),
  );
});

it("is sorted by tag", () => {
  const tags = LANGUAGES.map(({ tag }) => tag);
  expect(tags).toEqual(tags.toSorted());
});

it("gives no two languages the same name", () => {
  expect(new Set(LANGUAGES.map(({ name }) => name)).size).toBe(LANGUAGES.length);
  expect(new Set(LANGUAGES.map(({ englishName }) => englishName)).size).toBe(LANGUAGES.length);
});

it("knows what is written from right to left", () => {
  expect(LANGUAGES.filter(({ rightToLeft }) => rightToLeft).map(({ tag }) => tag)).toEqual(["ar", "fa", "he", "ur"]);
});
