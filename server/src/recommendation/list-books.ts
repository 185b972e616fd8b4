import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  ListBooksRequest,
  ListBooksResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { Catalogue } from "./domain/catalogue.ts";
import { createPageToken, parsePageToken } from "./domain/page-token.ts";
import { check, notAQuery, notASize } from "./domain/validate.ts";
import { bookMessage } from "./messages.ts";

const defaultPageSize = 24;

/** Answers ListBooks. The catalogue never changes, so a page is told by the number of books before it. */
export function listBooks(
  catalogue: Catalogue,
  { category, query, pageSize, pageToken }: ListBooksRequest,
): MessageInitShape<typeof ListBooksResponseSchema> {
  check(notASize("page_size", pageSize), notAQuery("query", query));
  const found = catalogue.search({ category, query });
  const scope = ["books", category, query];
  const [start = 0] = parsePageToken(pageToken, scope) ?? [];
  const end = start + (pageSize || defaultPageSize);
  return {
    books: found.slice(start, end).map(bookMessage),
    nextPageToken: end < found.length ? createPageToken(scope, [end]) : "",
    totalSize: found.length,
  };
}
