import { RankedBy } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { recommendationClient } from "./recommendation-client.ts";
import { untilModelServed } from "./until-model-served.ts";

/** A reader whom no data set has. */
export const READER = 2_000_000_001;
/** How many books the reader has rated: as many as the readers of goodbooks-10k like on average. */
export const READER_BOOKS = 77;
const PAGES = 11;
const BOOKS_OF_A_PAGE = READER_BOOKS / PAGES;
const STARS = 5;

/**
 * Waits for the model and rates books as the reader: some from each of the first pages of the catalogue, the most popular first. Makes
 * sure that ten books with reasons follow from them, and resolves with a book that the reader has not rated.
 */
export async function makeReader(server: RunningServer): Promise<number> {
  await untilModelServed(server);
  const client = recommendationClient(server);
  let pageToken = "";
  for (let page = 0; page < PAGES; page++) {
    const { books, nextPageToken } = await client.listBooks({ pageSize: 100, pageToken });
    for (const { id } of books.filter((_, index) => index % 14 === 0).slice(0, BOOKS_OF_A_PAGE)) {
      await client.rateBook({ userId: READER, bookId: id, change: { case: "stars", value: STARS } });
    }
    pageToken = nextPageToken;
  }
  const { recommendations, ranking } = await client.recommend({ userId: READER });
  const [first] = recommendations;
  const hasReasons = recommendations.every(({ reason }) => (reason?.influences.length ?? 0) > 0);
  if (first?.book !== undefined && recommendations.length === 10 && hasReasons && ranking?.by === RankedBy.MODEL)
    return first.book.id;
  throw new Error(`must be 10 books with reasons: got ${recommendations.length}, by ${ranking?.by}`);
}
