// Letters that Unicode does not decompose into a base letter and a mark.
const plainLetters: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ı", "i"],
]);

/** The words of a text without case, accents, apostrophes and punctuation: `L'Étranger, 2` gives `letranger`, `2`. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * What a text can be found by: its words and, for words joined by punctuation, also the whole without it, so that
 * `Catch-22` is found as `catch`, `22` and `catch22`, and `J. R. R.` as `jrr`.
 */
export function searchableWordsOf(text: string): string[] {
  const joined = fold(text)
    .replace(/(?<=\p{L}\.)\s+(?=\p{L}\.)/gu, "")
    .split(/\s+/)
    .map((part) => (part.match(/[\p{L}\p{N}]+/gu) ?? []).join(""));
  return [...new Set([...wordsOf(text), ...joined])].filter((word) => word !== "");
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\p{M}'’]/gu, "")
    .replace(/[ßæœøłđı]/g, (letter) => plainLetters.get(letter) ?? letter);
}
