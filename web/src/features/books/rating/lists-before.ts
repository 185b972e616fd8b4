import type { Recommendation } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { KeptStorage } from "../../../storage/kept-storage.ts";
import type { NoteList } from "./use-noted-ratings.ts";

/** A book as far as a list names it. */
export interface KnownBook {
  readonly id: number;
  readonly title: string;
}

/** The recommendations of a reader before each of the latest ratings, by the rated book. */
export interface ListsBefore {
  get(bookId: number): readonly KnownBook[] | undefined;
  readonly set: NoteList;
}

/** Of how many books lists are kept: the latest. */
const most = 20;

/** Keeps the lists of a reader in a storage; where that keeps nothing there are none. */
export function createListsBefore(storage: Pick<KeptStorage, "getItem" | "setItem">, readerId: number): ListsBefore {
  const key = `triptych-lists-before-${readerId}`;
  const read = () => parseLists(storage.getItem(key));
  return {
    get: (bookId) => read().find(([id]) => id === bookId)?.[1],
    set(bookId, list) {
      const others = read().filter(([id]) => id !== bookId);
      storage.setItem(key, JSON.stringify([...others, [bookId, knownBooks(list)]].slice(-most)));
    },
  };
}

/** The books of recommendations, as far as they name them. */
export function knownBooks(recommendations: readonly Recommendation[]): readonly KnownBook[] {
  return recommendations.flatMap(({ book }) => (book === undefined ? [] : [{ id: book.id, title: book.title }]));
}

type Lists = readonly (readonly [bookId: number, list: readonly KnownBook[]])[];

/** The lists of a kept text; none where it is none, as after a change by hand. */
function parseLists(text: string | null): Lists {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) && value.every(isEntry) ? value : [];
  } catch {
    return [];
  }
}

function isEntry(entry: unknown): entry is Lists[number] {
  if (!Array.isArray(entry) || typeof entry[0] !== "number" || !Array.isArray(entry[1])) return false;
  return entry[1].every((book) => typeof book?.id === "number" && typeof book.title === "string");
}
