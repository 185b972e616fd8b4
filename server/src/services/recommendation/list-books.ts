import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  ListBooksRequest,
  ListBooksResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createPageToken } from "../../domain/page-token.ts";
import { check } from "../../domain/violations.ts";
import type { Book } from "./domain/book.ts";
import type { Catalogue } from "./domain/catalogue.ts";
import { parsePageToken } from "./domain/parse-page-token.ts";
import { notAQuery, notASize } from "./domain/validate.ts";
import { bookMessage } from "./messages.ts";

const defaultPageSize = 24;

/**
 * Answers ListBooks. A page is told by the book before it and by how many there are before it: when another catalogue has taken the place of the
 * one before, the list goes on after that book, wherever it is now.
 */
export function listBooks(
  catalogue: Catalogue,
  { category, query, pageSize, pageToken }: ListBooksRequest,
): MessageInitShape<typeof ListBooksResponseSchema> {
  check(notASize("page_size", pageSize), notAQuery("query", query));
  const found = catalogue.search({ category, query });
  const scope = ["books", category, query];
  const start = startOf(found, parsePageToken(pageToken, scope));
  const page = found.slice(start, start + (pageSize || defaultPageSize));
  const end = start + page.length;
  const last = page.at(-1);
  return {
    books: page.map(bookMessage),
    nextPageToken: last && end < found.length ? createPageToken(scope, [end, last.id]) : "",
    totalSize: found.length,
  };
}

function startOf(found: readonly Book[], position: readonly number[] | undefined): number {
  if (position === undefined) return 0;
  const [end = 0, lastId = 0] = position;
  if (found[end - 1]?.id === lastId) return end;
  const last = found.findIndex(({ id }) => id === lastId);
  // A book that is gone leaves the number of those before it to go by.
  return last < 0 ? Math.min(end, found.length) : last + 1;
}
