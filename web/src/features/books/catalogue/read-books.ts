import type { Transport } from "@connectrpc/connect";
import { callUnaryMethod } from "@connectrpc/connect-query";
import { type Book, RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/** Which books to read, and from where. */
export interface BooksOrder {
  readonly query: string;
  readonly category: string;
  /** How many books come before, and what the server gave for the next; 0 and empty for the first. */
  readonly start: number;
  readonly pageToken: string;
}

/** Books in a row. */
export interface BooksRead {
  readonly books: readonly Book[];
  /** What to go on with; empty when these are the last. */
  readonly nextPageToken: string;
  /** How many there are in all. */
  readonly totalSize: number;
}

// Enough for the first screen; then as many as the server gives, because who scrolls wants more.
const firstPageSize = 48;
const laterPageSize = 100;
// So often something new shows to who has gone far at once.
const mostAtOnce = 2_000;

/** Reads at least a page of books, and on until there are `wanted` from the first, if that is not too far. */
export async function readBooks(
  transport: Transport,
  { query, category, start, pageToken }: BooksOrder,
  wanted: () => number,
  signal: AbortSignal,
): Promise<BooksRead> {
  const books: Book[] = [];
  let token = pageToken;
  for (;;) {
    const pageSize = start + books.length === 0 ? firstPageSize : laterPageSize;
    const input = { query, category, pageSize, pageToken: token };
    const page = await callUnaryMethod(transport, RecommendationService.method.listBooks, input, { signal });
    books.push(...page.books);
    token = page.nextPageToken;
    const enough = start + books.length >= wanted() || books.length >= mostAtOnce;
    if (token === "" || enough) return { books, nextPageToken: token, totalSize: page.totalSize };
  }
}
