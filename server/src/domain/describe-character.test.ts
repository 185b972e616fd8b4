import { describe, expect, it } from "vitest";
import { describeCharacter } from "./describe-character.ts";

describe("describeCharacter", () => {
  // The names are those of the Unicode character database; those of controls are its aliases.
  it.each([
    ["\u0000", "U+0000 null"],
    ["\u0007", "U+0007 bell"],
    ["\u001b", "U+001B escape"],
    ["\u0001", "U+0001 control character"],
    ["\u00ad", "U+00AD soft hyphen"],
    ["\u200b", "U+200B zero width space"],
    ["\u202e", "U+202E right-to-left override"],
    ["\u2066", "U+2066 left-to-right isolate"],
    ["\u00a0", "U+00A0 no-break space"],
    ["\u2003", "U+2003 space"],
    ["\u0301", "U+0301 combining mark"],
    ["\ufe0f", "U+FE0F variation selector"],
    ["\u{e0041}", "U+E0041 invisible character"],
    ["\ue000", "U+E000 private use character"],
    ["\uffff", "U+FFFF noncharacter"],
    ["\ud83d", "U+D83D lone surrogate"],
  ])("names %j, which cannot be seen", (character, shown) => {
    expect(describeCharacter(character)).toBe(shown);
  });

  it.each([
    ["a", '"a"'],
    ["\\", '"\\\\"'],
    ["🙂", '"🙂"'],
  ])("quotes %s, which can be seen", (character, shown) => {
    expect(describeCharacter(character)).toBe(shown);
  });
});
