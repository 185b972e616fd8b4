/** How the generated cover of a book looks. */
export interface CoverLook {
  /** The hue of the cloth, in degrees; that of the category, with a little of the book's own. */
  readonly hue: number;
  /** Which ornament it carries. */
  readonly ornament: Ornament;
  /** How large the title can be: the longer, and the longer its longest word, the smaller. */
  readonly size: "large" | "medium" | "small" | "tiny";
  /** How many letters the longest word of the title has, which must not be broken. */
  readonly longestWord: number;
}

/** The ornaments there are. */
export type Ornament = "frame" | "bands" | "arch" | "sun" | "stripe" | "corners";

const ornaments: readonly Ornament[] = ["frame", "bands", "arch", "sun", "stripe", "corners"];

// Chosen by eye, so that categories that often stand side by side are easy to tell apart.
const hues: ReadonlyMap<string, number> = new Map([
  ["adventure", 58],
  ["biography", 38],
  ["business", 205],
  ["children", 52],
  ["classics", 20],
  ["fantasy", 312],
  ["history", 70],
  ["horror", 10],
  ["literary-fiction", 195],
  ["mystery", 272],
  ["philosophy", 248],
  ["poetry", 330],
  ["romance", 355],
  ["science", 180],
  ["science-fiction", 228],
  ["self-help", 140],
  ["thriller", 30],
  ["young-adult", 160],
]);

const wide = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/gu;
// Where a line may end. Lines of Chinese, Japanese and Korean may do so after every letter.
const wordEnds = new RegExp(`[\\s/-]+|${wide.source}`, "gu");

/** The look of a book's cover: always the same for the same book, and of one colour family within a category. The title is the one that the cover bears. */
export function coverLook(book: {
  readonly id: number;
  readonly title: string;
  readonly categories: readonly string[];
}) {
  const [category = ""] = book.categories;
  const own = scatter(book.id);
  const longestWord = Math.max(1, ...book.title.split(wordEnds).map(({ length }) => length));
  return {
    hue: ((hues.get(category) ?? scatterText(category) % 360) + (own % 25) + 348) % 360,
    ornament: ornaments[(own >>> 8) % ornaments.length] ?? "frame",
    size: titleSize(book.title, longestWord),
    longestWord,
  } satisfies CoverLook;
}

function titleSize(title: string, longestWord: number): CoverLook["size"] {
  const width = widthOf(title);
  if (width <= 16 && longestWord <= 8) return "large";
  if (width <= 36 && longestWord <= 11) return "medium";
  return width <= 72 && longestWord <= 13 ? "small" : "tiny";
}

// In letters; those of Chinese, Japanese and Korean are twice as wide.
function widthOf(text: string): number {
  return text.length + (text.match(wide)?.length ?? 0);
}

// Spreads neighbouring ids over all 32 bits, so that neighbours on the shelf look different.
function scatter(id: number): number {
  const mixed = Math.imul(id ^ (id >>> 15), 0x2c1b3c6d);
  return Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) >>> 0;
}

function scatterText(text: string): number {
  let sum = 0;
  for (const character of text) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return sum;
}
