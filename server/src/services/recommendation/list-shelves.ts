import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  ListNewBooksRequest,
  ListNewBooksResponseSchema,
  ListTrendingBooksRequest,
  ListTrendingBooksResponseSchema,
  TrendingBookSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { check } from "../../domain/violations.ts";
import type { Book } from "./domain/book.ts";
import type { Catalogue } from "./domain/catalogue.ts";
import { newestBooks } from "./domain/newest-books.ts";
import type { ReaderEventStore } from "./domain/reader-events.ts";
import { notASize } from "./domain/validate.ts";
import { bookMessage } from "./messages.ts";

const defaultLimit = 10;

/** Answers ListTrendingBooks. What was done with books that are no longer in the catalogue is left out. */
export async function listTrendingBooks(
  catalogue: Catalogue,
  readerEvents: Pick<ReaderEventStore, "trending">,
  request: ListTrendingBooksRequest,
): Promise<MessageInitShape<typeof ListTrendingBooksResponseSchema>> {
  const isOn = shelfOf(catalogue, request);
  const limit = request.maxResults || defaultLimit;
  const found: MessageInitShape<typeof TrendingBookSchema>[] = [];
  for (const { bookId, score } of await readerEvents.trending()) {
    const book = catalogue.find(bookId);
    if (book !== undefined && isOn(book)) found.push({ book: bookMessage(book), score });
    if (found.length === limit) break;
  }
  return { trendingBooks: found };
}

/** Answers ListNewBooks. */
export function listNewBooks(
  catalogue: Catalogue,
  request: ListNewBooksRequest,
): MessageInitShape<typeof ListNewBooksResponseSchema> {
  const isOn = shelfOf(catalogue, request);
  const limit = request.maxResults || defaultLimit;
  const found: Book[] = [];
  for (const book of newestBooks(catalogue.books)) {
    if (found.length === limit) break;
    if (isOn(book)) found.push(book);
  }
  return { books: found.map(bookMessage) };
}

/** Which books are asked for. InvalidInput names the field out of its range; NotFound for an unknown category. */
function shelfOf(
  catalogue: Catalogue,
  { category, maxResults }: { readonly category: string; readonly maxResults: number },
): (book: Book) => boolean {
  check(notASize("max_results", maxResults));
  if (category === "") return () => true;
  catalogue.requireCategory(category);
  return ({ categories }) => categories.includes(category);
}
