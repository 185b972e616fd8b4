import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import type { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { type ReaderNumbers, readerOfCaller } from "../../domain/reader-of-caller.ts";
import { check } from "../../domain/violations.ts";
import { callerKey } from "../caller-key.ts";
import { countRatings } from "./count-ratings.ts";
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
  readonly readers: ReaderNumbers;
}

/** Lists and rates books and recommends them: where callers are asked who they are, each is a reader of their own. */
export function createRecommendationService(
  sources: RecommendationServiceSources,
): ServiceImpl<typeof RecommendationService> {
  const { catalogue, ratings, models, serving, readerEvents, comparison, readers } = sources;

  /** The request, for the reader for whom its caller acts. */
  async function owned<Request extends { readonly userId: number }>(
    request: Request,
    { values }: HandlerContext,
  ): Promise<Request> {
    const userId = await readerOfCaller(values.get(callerKey), request.userId, readers);
    return userId === request.userId ? request : { ...request, userId };
  }

  return {
    listBooks: (request) => listBooks(catalogue, request),
    getBook({ id }) {
      check(notAnId("id", id));
      return { book: bookMessage(catalogue.book(id)) };
    },
    listCategories: () => ({ categories: catalogue.categories.map((category) => ({ ...category })) }),
    // What a GET asks for may be answered by a cache, and is to change nothing.
    recommend: async (request, context) =>
      recommend(
        context.requestMethod === "GET" ? { ...sources, comparison: undefined } : sources,
        await owned(request, context),
      ),
    similarBooks: (request) => similarBooks(serving, request),
    listTrendingBooks: (request) => listTrendingBooks(catalogue, readerEvents, request),
    listNewBooks: (request) => listNewBooks(catalogue, request),
    reportEvents: async (request, context) => reportEvents(catalogue, readerEvents, await owned(request, context)),
    rateBook: async (request, context) => rateBook(catalogue, ratings, await owned(request, context)),
    listRatings: async (request, context) => listRatings(catalogue, ratings, await owned(request, context)),
    countRatings: (request) => countRatings(catalogue, ratings, request),
    async *watchRecommendations(request, context) {
      yield* watchRecommendations(sources, await owned(request, context), context.signal);
    },
    getModel: () => ({ model: modelMessage(models.current, comparison) }),
    watchModel: (_request, { signal }) => watchModel(sources, signal),
  };
}
