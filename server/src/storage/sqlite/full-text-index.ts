import { DatabaseSync } from "node:sqlite";
import type { BookIndex } from "../../services/recommendation/domain/book-index.ts";
import { createNearWords } from "../../services/recommendation/domain/near-words.ts";
import { type SearchText, wordsOfText } from "../../services/recommendation/domain/search-text.ts";

/** How many books are indexed without a pause. */
const PIECE = 500;

/**
 * Indexes books with SQLite's FTS5, in memory. The words come folded (see `words.ts`), so the index takes them as they are. Between pieces of
 * the work it waits for `pause`, so that what else runs in this thread need not wait for all of it.
 */
export async function createFullTextIndex(
  texts: readonly SearchText[],
  pause: () => Promise<void>,
): Promise<BookIndex> {
  const database = new DatabaseSync(":memory:");
  // Every character beyond ASCII is part of a word to this tokenizer, and folded words hold no others than letters and digits.
  database.exec(`
    create virtual table books using fts5(
      words, tokenize = 'ascii', content = '', columnsize = 0, detail = none, prefix = '1 2 3'
    );
  `);
  const nearWords = createNearWords();
  const insert = database.prepare("insert into books(rowid, words) values (?, ?)");
  for (let start = 0; start < texts.length; start += PIECE) {
    database.exec("begin");
    for (const [offset, text] of texts.slice(start, start + PIECE).entries()) {
      insert.run(start + offset, text.text);
      for (const word of wordsOfText(text)) nearWords.add(word);
    }
    database.exec("commit");
    await pause();
  }
  // One value for all places: asking for a row each takes ten times as long.
  const select = database.prepare("select json_group_array(rowid) places from books where books match ?");
  return {
    texts,
    find(words) {
      // Letters and digits in quotation marks: none of them means anything to FTS5.
      const query = words.map((alternatives) => `(${alternatives.map((word) => `"${word}"*`).join(" OR ")})`);
      return JSON.parse(String(select.get(query.join(" AND "))?.places)) as number[];
    },
    near: nearWords.near,
  };
}
