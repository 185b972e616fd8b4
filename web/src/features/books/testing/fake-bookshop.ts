import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createRouterTransport, type HandlerContext, type Transport } from "@connectrpc/connect";
import {
  type CreateOrderRequest,
  type CreateOrderResponseSchema,
  OrderService,
  type WatchOrdersRequest,
  type WatchOrdersResponseSchema,
} from "@triptych/proto/triptych/order/v1/order_pb.ts";
import {
  type ListBooksRequest,
  type RateBookRequest,
  RecommendationService,
  type ReportEventsRequest,
  type WatchModelRequest,
  type WatchModelResponseSchema,
  type WatchRecommendationsRequest,
  type WatchRecommendationsResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createPushStream, type PushStream } from "@triptych/testkit/page/push-stream.ts";

/** A call that was made, and what the test answers. */
export interface Call<Request, Response> {
  readonly request: Request;
  readonly context: HandlerContext;
  readonly stream: PushStream<Response>;
}

type FakeBook = ReturnType<typeof fakeBooksUpTo>[number];

/** The in-memory server of the tests of this page. */
export interface FakeBookshop {
  readonly transport: Transport;
  /** The catalogue. */
  books: readonly FakeBook[];
  readonly searches: { readonly request: ListBooksRequest; readonly context: HandlerContext }[];
  readonly rated: RateBookRequest[];
  readonly ordered: CreateOrderRequest[];
  readonly reports: ReportEventsRequest[];
  readonly lists: Call<WatchRecommendationsRequest, MessageInitShape<typeof WatchRecommendationsResponseSchema>>[];
  readonly orders: Call<WatchOrdersRequest, MessageInitShape<typeof WatchOrdersResponseSchema>>[];
  readonly models: Call<WatchModelRequest, MessageInitShape<typeof WatchModelResponseSchema>>[];
  /** The stars that the server holds, by book. */
  readonly stars: Map<number, number>;
  /** The books that trend, by id, with their scores. */
  trending: readonly (readonly [bookId: number, score: number])[];
  /** What happens to a call for similar, trending or new books, and to a report, before it is answered; it may throw. */
  beforeShelf: () => void;
  /** What happens to a search before it is answered; it may wait. */
  beforeSearch: (request: ListBooksRequest) => Promise<void>;
  /** What happens to a rating before it is stored; it may wait, or throw. */
  beforeRating: () => Promise<void>;
  /** What happens to an order before it is stored; it may throw. */
  beforeOrder: (request: CreateOrderRequest) => void | Promise<void>;
}

const pageSize = 3;

/** Books of a fake server: `Book 1` of mystery, `Book 2` of fantasy, and so on, turn about. */
export function fakeBooksUpTo(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    title: `Book ${index + 1}`,
    authors: [`Author ${index + 1}`],
    year: index === 7 ? -750 : 1900 + index,
    categories: [index % 2 === 0 ? "mystery" : "fantasy"],
  }));
}

/** The books of the fake server where a test gives no others: `Book 1` to `Book 8`. */
export const fakeBooks = fakeBooksUpTo(8);

/** A server, by default with eight books, three a page, that keeps what is rated and ordered, and streams what a test pushes. */
export function createFakeBookshop(books: readonly FakeBook[] = fakeBooks): FakeBookshop {
  const shop = emptyBookshop(books);
  const taken = new Map<string, MessageInitShape<typeof CreateOrderResponseSchema>["order"]>();
  const transport = createRouterTransport(({ service }) => {
    service(RecommendationService, {
      listCategories: () => ({
        categories: [
          { id: "fantasy", name: "Fantasy", bookCount: 4 },
          { id: "mystery", name: "Mystery", bookCount: 4 },
        ],
      }),
      async listBooks(request, context) {
        shop.searches.push({ request, context });
        await shop.beforeSearch(request);
        const found = shop.books.filter(
          ({ title, categories }) =>
            title.toLowerCase().includes(request.query.toLowerCase()) &&
            (request.category === "" || categories.includes(request.category)),
        );
        const start = Number(request.pageToken);
        const end = start + pageSize;
        const nextPageToken = end < found.length ? String(end) : "";
        return { books: found.slice(start, end), nextPageToken, totalSize: found.length };
      },
      similarBooks({ bookId }) {
        shop.beforeShelf();
        const summaries = [`Liked by readers who like Book ${bookId}`, "Of the same kind"];
        return {
          similarBooks: summaries.map((summary, index) => ({
            book: bookOf(bookId + 1 + index),
            weight: index === 0 ? 0.25 : 0,
            reason: { summary },
          })),
        };
      },
      listTrendingBooks({ category }) {
        shop.beforeShelf();
        const books = shop.trending.map(([id, score]) => ({ book: bookOf(id), score }));
        return { trendingBooks: books.filter(({ book }) => isOf(book, category)) };
      },
      listNewBooks({ category }) {
        shop.beforeShelf();
        return {
          books: shop.books.filter((book) => isOf(book, category)).toSorted((one, other) => other.year - one.year),
        };
      },
      reportEvents(request) {
        shop.reports.push(request);
        shop.beforeShelf();
        return { counted: request.events.length };
      },
      getBook: ({ id }) => ({ book: bookOf(id) }),
      countRatings({ bookId }) {
        shop.beforeShelf();
        const own = shop.stars.get(bookId);
        const counts = [1, 2, 3, 4, 5].map((stars) => ({
          stars,
          readers: (stars === 4 ? 3 : 0) + Number(stars === own),
        }));
        return { counts, mean: own === undefined ? 4 : (12 + own) / 4 };
      },
      async rateBook(request) {
        shop.rated.push(request);
        await shop.beforeRating();
        const { bookId, change } = request;
        const sequence = BigInt(shop.rated.length);
        if (change.case !== "stars") {
          shop.stars.delete(bookId);
          return { sequence };
        }
        shop.stars.set(bookId, change.value);
        return { rating: ratingOf(bookId, change.value), sequence };
      },
      listRatings: () => ({ ratings: [...shop.stars].map(([bookId, stars]) => ratingOf(bookId, stars)) }),
      async *watchRecommendations(request, context) {
        yield* follow(shop.lists, request, context);
      },
      async *watchModel(request, context) {
        yield* follow(shop.models, request, context);
      },
    });
    service(OrderService, {
      async createOrder(request) {
        shop.ordered.push(request);
        const { idempotencyKey: key, items, phone } = request;
        const earlier = taken.get(key);
        const order = earlier ?? { id: `order-${taken.size + 1}`, items, phone };
        taken.set(key, order);
        await shop.beforeOrder(request);
        return { order, created: earlier === undefined };
      },
      async *watchOrders(request, context) {
        yield* follow(shop.orders, request, context);
      },
    });
  });
  return Object.assign(shop, { transport });
}

function emptyBookshop(books: readonly FakeBook[]): Omit<FakeBookshop, "transport"> {
  return {
    books,
    searches: [],
    rated: [],
    ordered: [],
    reports: [],
    trending: [],
    beforeShelf: () => {},
    lists: [],
    orders: [],
    models: [],
    stars: new Map(),
    beforeSearch: async () => {},
    beforeRating: async () => {},
    beforeOrder: () => {},
  };
}

async function* follow<Request, Response>(calls: Call<Request, Response>[], request: Request, context: HandlerContext) {
  const stream = createPushStream<Response>();
  calls.push({ request, context, stream });
  yield* stream;
}

function bookOf(id: number) {
  const book = fakeBooks.find((one) => one.id === id);
  if (book === undefined) throw new ConnectError(`there is no book ${id}`, Code.NotFound);
  return book;
}

function isOf({ categories }: FakeBook, category: string): boolean {
  return category === "" || categories.includes(category);
}

function ratingOf(bookId: number, stars: number) {
  return { book: bookOf(bookId), stars, time: timestampFromDate(new Date(0)) };
}
