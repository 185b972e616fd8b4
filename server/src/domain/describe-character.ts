const names: ReadonlyMap<number, string> = new Map([
  [0x00, "null"],
  [0x07, "bell"],
  [0x08, "backspace"],
  [0x09, "tab"],
  [0x0a, "line feed"],
  [0x0b, "vertical tab"],
  [0x0c, "form feed"],
  [0x0d, "carriage return"],
  [0x1b, "escape"],
  [0x20, "space"],
  [0x7f, "delete"],
  [0x85, "next line"],
  [0xa0, "no-break space"],
  [0xad, "soft hyphen"],
  [0x34f, "combining grapheme joiner"],
  [0x61c, "arabic letter mark"],
  [0x115f, "hangul choseong filler"],
  [0x1160, "hangul jungseong filler"],
  [0x180e, "mongolian vowel separator"],
  [0x2007, "figure space"],
  [0x200b, "zero width space"],
  [0x200c, "zero width non-joiner"],
  [0x200d, "zero width joiner"],
  [0x200e, "left-to-right mark"],
  [0x200f, "right-to-left mark"],
  [0x2028, "line separator"],
  [0x2029, "paragraph separator"],
  [0x202a, "left-to-right embedding"],
  [0x202b, "right-to-left embedding"],
  [0x202c, "pop directional formatting"],
  [0x202d, "left-to-right override"],
  [0x202e, "right-to-left override"],
  [0x202f, "narrow no-break space"],
  [0x2060, "word joiner"],
  [0x2061, "function application"],
  [0x2062, "invisible times"],
  [0x2063, "invisible separator"],
  [0x2064, "invisible plus"],
  [0x2066, "left-to-right isolate"],
  [0x2067, "right-to-left isolate"],
  [0x2068, "first strong isolate"],
  [0x2069, "pop directional isolate"],
  [0x3000, "ideographic space"],
  [0x3164, "hangul filler"],
  [0xfeff, "zero width no-break space"],
  [0xffa0, "halfwidth hangul filler"],
]);

/** What a character without a name of its own here is called, by what Unicode says that it is. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^\p{Cc}$/u, "control character"],
  [/^\p{Cs}$/u, "lone surrogate"],
  [/^\p{Noncharacter_Code_Point}$/u, "noncharacter"],
  [/^\p{Cn}$/u, "unassigned character"],
  [/^\p{Co}$/u, "private use character"],
  [/^\p{Variation_Selector}$/u, "variation selector"],
  [/^\p{Z}$/u, "space"],
  [/^\p{M}$/u, "combining mark"],
];

const UNSEEN = /^[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]$/u;

/**
 * A character as a message can show it: in quotation marks as JSON where it can be seen, else its code point and name, such as
 * `U+200B zero width space`.
 */
export function describeCharacter(character: string): string {
  return UNSEEN.test(character) ? nameCharacter(character) : JSON.stringify(character);
}

/** The code point and name of a character, for messages: `U+202E right-to-left override`. */
export function nameCharacter(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const kind = kinds.find(([pattern]) => pattern.test(character))?.[1] ?? "invisible character";
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")} ${names.get(codePoint) ?? kind}`;
}
