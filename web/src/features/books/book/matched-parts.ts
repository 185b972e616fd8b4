/** A piece of a text, and whether it is what was searched for. */
export interface TextPart {
  readonly text: string;
  readonly matched: boolean;
}

interface Letter {
  /** Without case and accents; empty for what is no part of a word's spelling, such as an apostrophe. */
  readonly folded: string;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

// Letters that Unicode does not decompose into a base letter and a mark, as the server's search takes them.
const plainLetters = new Map(
  Object.entries({
    ß: "ss",
    æ: "ae",
    œ: "oe",
    ø: "o",
    ł: "l",
    đ: "d",
    ð: "d",
    þ: "th",
    ħ: "h",
    ŧ: "t",
    ŋ: "n",
    ı: "i",
    ĸ: "q",
    ƶ: "z",
    ə: "e",
    ς: "σ",
  }),
);
const partOfWord = /['’‘ʼʻ\p{Default_Ignorable_Code_Point}]/u;

/**
 * Cuts a text into what was found by the words of a query, and the rest: the beginnings of words, whatever their case and
 * accents, as a search takes them. The parts together are the text.
 */
export function matchedParts(text: string, query: string): readonly TextPart[] {
  const wanted = lettersOf(query).flatMap((word) => word.map(({ folded }) => folded).join("") || []);
  if (wanted.length === 0) return [{ text, matched: false }];
  const parts: TextPart[] = [];
  let done = 0;
  for (const word of lettersOf(text)) {
    const end = matchedUntil(word, wanted);
    const start = word[0]?.start ?? 0;
    if (end === undefined) continue;
    if (start > done) parts.push({ text: text.slice(done, start), matched: false });
    parts.push({ text: text.slice(start, end), matched: true });
    done = end;
  }
  if (done < text.length || parts.length === 0) parts.push({ text: text.slice(done), matched: false });
  return parts;
}

/** Where the longest of the wanted beginnings ends that a word has; undefined when it has none. */
function matchedUntil(word: readonly Letter[], wanted: readonly string[]): number | undefined {
  const spelling = word.map(({ folded }) => folded).join("");
  const longest = Math.max(0, ...wanted.filter((start) => spelling.startsWith(start)).map(({ length }) => length));
  if (longest === 0) return undefined;
  let letters = 0;
  for (const { folded, end } of word) {
    letters += folded.length;
    if (letters >= longest) return end;
  }
  return undefined;
}

/** The words of a text, letter by letter. A mark belongs to the letter before it. */
function lettersOf(text: string): readonly (readonly Letter[])[] {
  const words: Letter[][] = [];
  let word: Letter[] = [];
  for (const { 0: cluster, index } of text.matchAll(/\P{M}\p{M}*/gu)) {
    const folded = fold(cluster);
    if (folded === "" && !partOfWord.test(cluster)) {
      words.push(word);
      word = [];
    } else if (folded !== "" || word.length > 0) {
      word.push({ folded, start: index, end: index + cluster.length });
    }
  }
  words.push(word);
  return words.filter(({ length }) => length > 0);
}

function fold(cluster: string): string {
  if (partOfWord.test(cluster)) return "";
  const plain = cluster.normalize("NFKD").toLowerCase();
  return (plain.match(/[\p{L}\p{N}]/gu) ?? []).map((letter) => plainLetters.get(letter) ?? letter).join("");
}
