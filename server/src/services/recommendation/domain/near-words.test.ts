import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editsToPrefix } from "./edits-to-prefix.ts";
import { createNearWords } from "./near-words.ts";

function nearOf(words: readonly string[], word: string) {
  const nearWords = createNearWords();
  for (const known of words) nearWords.add(known);
  return nearWords.near(word).map((near) => `${near.word} ${near.edits}`);
}

describe("near", () => {
  it.each([
    ["tolkein", ["tolkien 1"]],
    ["tolki", []],
    ["tolkoe", ["tolkien 1"]],
    ["hobit", ["hobbit 1"]],
    ["obbit", ["hobbit 1"]],
    ["dostoyevski", ["dostoevsky 2"]],
    ["dune", ["june 1"]],
    ["dume", ["dune 1"]],
    ["dun", []],
    ["xyzzy", []],
    ["", []],
  ])("of %j is %j", (word, near) => {
    expect(nearOf(["tolkien", "hobbit", "dostoevsky", "dune", "june"], word)).toEqual(near);
  });

  it("finds a word that has the same letters in a row twice", () => {
    expect(nearOf(["ahgggga"], "hagggga")).toEqual(["ahgggga 1"]);
  });

  it("finds a word with any one letter of it wrong, missing, too many or swapped", () => {
    const letters = fc.string({ unit: fc.constantFrom(..."abcdefghij"), minLength: 5, maxLength: 7 });
    const edit = fc.record({ kind: fc.nat(3), place: fc.nat(100), letter: fc.constantFrom(..."xyz") });
    fc.assert(
      fc.property(letters, edit, (word, { kind, place, letter }) => {
        const at = place % (word.length - 1);
        const edited = [
          `${word.slice(0, at)}${letter}${word.slice(at + 1)}`,
          `${word.slice(0, at)}${word.slice(at + 1)}`,
          `${word.slice(0, at)}${letter}${word.slice(at)}`,
          `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`,
        ][kind];
        fc.pre(edited !== undefined && edited.length >= 4 && !word.startsWith(edited));
        expect(nearOf([word], edited)).toEqual([`${word} 1`]);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("editsToPrefix", () => {
  it.each([
    ["kitten", "sitting", 3, 2],
    ["tolkein", "tolkien", 1, 1],
    ["abc", "abcdef", 0, 0],
    ["abc", "", 3, 3],
    ["abc", "", 2, undefined],
    ["", "abc", 0, 0],
    ["dune", "tune", 0, undefined],
  ])("from %j to the beginning of %j, at most %i, is %s", (word, other, most, edits) => {
    expect(editsToPrefix(word, other, most)).toBe(edits);
  });
});
