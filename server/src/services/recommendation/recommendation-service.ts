import type { ServiceImpl } from "@connectrpc/connect";
import type { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { check } from "../../domain/violations.ts";
import type { Catalogue } from "./domain/catalogue.ts";
import type { ModelStates } from "./domain/model-state.ts";
import type { RankingComparisonStore } from "./domain/ranking-comparison.ts";
import type { ReaderEventStore } from "./domain/reader-events.ts";
import type { RecommendationSources } from "./domain/recommend-for.ts";
import { notAnId } from "./domain/validate.ts";
import { listBooks } from "./list-books.ts";
import { listRatings } from "./list-ratings.ts";
import { listNewBooks, listTrendingBooks } from "./list-shelves.ts";
import { bookMessage } from "./messages.ts";
import { modelMessage } from "./model-message.ts";
import { rateBook } from "./rate-book.ts";
import { recommend } from "./recommend.ts";
import { reportEvents } from "./report-events.ts";
import { similarBooks } from "./similar-books.ts";
import { watchModel } from "./watch-model.ts";
import { watchRecommendations } from "./watch-recommendations.ts";

/** What the service works with. */
export interface RecommendationServiceSources extends RecommendationSources {
  readonly catalogue: Catalogue;
  readonly models: ModelStates;
  readonly readerEvents: ReaderEventStore;
  readonly comparison?: RankingComparisonStore | undefined;
}

/** Lists and rates books and recommends them. */
export function createRecommendationService(
  sources: RecommendationServiceSources,
): ServiceImpl<typeof RecommendationService> {
  const { catalogue, ratings, models, serving, readerEvents, comparison } = sources;
  return {
    listBooks: (request) => listBooks(catalogue, request),
    getBook({ id }) {
      check(notAnId("id", id));
      return { book: bookMessage(catalogue.book(id)) };
    },
    listCategories: () => ({ categories: catalogue.categories.map((category) => ({ ...category })) }),
    // What a GET asks for may be answered by a cache, and is to change nothing.
    recommend: (request, { requestMethod }) =>
      recommend(requestMethod === "GET" ? { ...sources, comparison: undefined } : sources, request),
    similarBooks: (request) => similarBooks(serving, request),
    listTrendingBooks: (request) => listTrendingBooks(catalogue, readerEvents, request),
    listNewBooks: (request) => listNewBooks(catalogue, request),
    reportEvents: (request) => reportEvents(catalogue, readerEvents, request),
    rateBook: (request) => rateBook(catalogue, ratings, request),
    listRatings: (request) => listRatings(catalogue, ratings, request),
    watchRecommendations: (request, { signal }) => watchRecommendations(sources, request, signal),
    getModel: () => ({ model: modelMessage(models.current, comparison) }),
    watchModel: (_request, { signal }) => watchModel(sources, signal),
  };
}
