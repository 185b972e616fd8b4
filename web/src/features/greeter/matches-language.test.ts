import { expect, it } from "vitest";
import { languages } from "./fake-greeter.ts";
import { matchesLanguage } from "./matches-language.ts";

function found(search: string): string[] {
  return languages.filter((language) => matchesLanguage(search, language, "")).map(({ tag }) => tag);
}

it("finds a language by its own name, its name in English and its tag", () => {
  expect(["Deutsch", "german", " DE "].map(found)).toEqual([["de"], ["de"], ["de"]]);
});

it("finds it without its accents and in other scripts", () => {
  expect(found("francais")).toEqual(["fr"]);
  expect(found("עבר")).toEqual(["he"]);
});

it("finds what is no language by its label", () => {
  expect(matchesLanguage("auto", undefined, "Automatic")).toBe(true);
  expect(matchesLanguage("german", undefined, "Automatic")).toBe(false);
});
