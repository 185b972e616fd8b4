import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  SimilarBooksRequest,
  SimilarBooksResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { inSpan } from "../../domain/span.ts";
import { check } from "../../domain/violations.ts";
import type { Serving } from "./domain/serving.ts";
import { notAnId, notASize } from "./domain/validate.ts";
import { bookMessage } from "./messages.ts";

const defaultLimit = 10;

/** Answers SimilarBooks. */
export function similarBooks(
  { current }: Serving,
  { bookId, maxResults }: SimilarBooksRequest,
): MessageInitShape<typeof SimilarBooksResponseSchema> {
  check(notAnId("book_id", bookId), notASize("max_results", maxResults));
  const { id } = current.catalogue.book(bookId);
  const similar = inSpan("find similar books", () => current.recommender.similar(id, maxResults || defaultLimit));
  return {
    similarBooks: similar.map(({ book, weight, reason: { sharedCategories, ...reason } }) => ({
      book: bookMessage(book),
      weight,
      reason: { ...reason, sharedCategories: [...sharedCategories] },
    })),
    modelVersion: BigInt(current.modelVersion),
  };
}
