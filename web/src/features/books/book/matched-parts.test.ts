import fc from "fast-check";
import { expect, it } from "vitest";
import { matchedParts } from "./matched-parts.ts";

const marked = (text: string, query: string) =>
  matchedParts(text, query)
    .map((part) => (part.matched ? `[${part.text}]` : part.text))
    .join("");

it.each([
  ["The Dune Chronicles", "dun chr", "The [Dun]e [Chr]onicles"],
  ["Agatha Christie", "AGAT", "[Agat]ha Christie"],
  ["Jane Eyre", "jané", "[Jane] Eyre"],
  ["Les Misérables", "miserables", "Les [Misérables]"],
  ["Les Mise\u0301rables", "mise", "Les [Mise\u0301]rables"],
  ["L'Étranger", "letr", "[L'Étr]anger"],
  ["Ender’s Game", "enders g", "[Ender’s] [G]ame"],
  ["Die Straße", "strass", "Die [Straß]e"],
  ["Arnaldur Indriðason", "indrid", "Arnaldur [Indrið]ason"],
  ["Þórður", "thord", "[Þórð]ur"],
  ["The ﬁre", "fi", "The [ﬁ]re"],
  ["Dune", "ﬁre du\u200bn", "[Dun]e"],
  ["Du\u00adne", "dun", "[Du\u00adn]e"],
  ["Qurʼan", "quran", "[Qurʼan]"],
  ["Catch-22", "22", "Catch-[22]"],
  ["الفيل الأزرق", "الف", "[الف]يل الأزرق"],
  ["Dune", "du dune", "[Dune]"],
  ["Dune", "une", "Dune"],
  ["Dune", "", "Dune"],
  ["Dune", " - ", "Dune"],
  ["", "dune", ""],
])("marks in %s what is found by %j", (text, query, expected) => {
  expect(marked(text, query)).toBe(expected);
});

it("keeps every text whole", () => {
  const texts = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(texts, texts, (text, query) => {
      const parts = matchedParts(text, query);
      return parts.map((part) => part.text).join("") === text;
    }),
  );
});
