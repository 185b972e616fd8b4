// Letters that Unicode does not decompose into a base letter and a mark, as CLDR's transform from Latin to ASCII has them. The last is the
// sigma at the end of a word.
const plainLetters: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["ħ", "h"],
  ["ŧ", "t"],
  ["ŋ", "n"],
  ["ı", "i"],
  ["ĸ", "q"],
  ["ƶ", "z"],
  ["ə", "e"],
  ["ς", "σ"],
]);

/** The words of a text without case, accents, apostrophes, punctuation and characters that cannot be seen: `L'Étranger, 2` gives `letranger`, `2`. */
export function wordsOf(text: string): string[] {
  return wordsOfFolded(fold(text));
}

/**
 * What a text can be found by: its words and, for words joined by punctuation, also the whole without it, so that
 * `Catch-22` is found as `catch`, `22` and `catch22`, and `J. R. R.` as `jrr`.
 */
export function searchableWordsOf(text: string): string[] {
  const folded = fold(text);
  const joined = folded
    .replace(/(?<=\p{L}\.)\s+(?=\p{L}\.)/gu, "")
    .split(/\s+/)
    .map((part) => wordsOfFolded(part).join(""));
  return [...new Set([...wordsOfFolded(folded), ...joined])].filter((word) => word !== "");
}

function wordsOfFolded(folded: string): string[] {
  return folded.match(isPlain(folded) ? /[a-z0-9]+/g : /[\p{L}\p{N}]+/gu) ?? [];
}

// Most texts are ASCII, for which a tenth of the work does.
function isPlain(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

function fold(text: string): string {
  if (isPlain(text)) return text.toLowerCase().replaceAll("'", "");
  return (
    text
      // Compatible forms are one: `ﬁ` is `fi`, and a full-width letter is a letter.
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[\p{M}\p{Default_Ignorable_Code_Point}'’‘ʼʻ]/gu, "")
      .replace(/[ßæœøłđðþħŧŋıĸƶəς]/g, (letter) => plainLetters.get(letter) ?? letter)
  );
}
