import { LRUCache } from "lru-cache";
import type { ReaderNumbers } from "../domain/reader-of-caller.ts";

/** The same numbers, of which those of the latest 10,000 principals are remembered: they never change. */
export function rememberReaders(readers: ReaderNumbers): ReaderNumbers {
  const known = new LRUCache<string, number>({ max: 10_000 });
  return {
    async numberOf(principalId) {
      const remembered = known.get(principalId);
      if (remembered !== undefined) return remembered;
      const number = await readers.numberOf(principalId);
      known.set(principalId, number);
      return number;
    },
  };
}
