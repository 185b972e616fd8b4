import { timestampDate } from "@bufbuild/protobuf/wkt";
import { Code, type ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import {
  RankedBy,
  type Recommendation,
  RecommendationService,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { describe, expect, it } from "vitest";
import { createInMemoryTransport } from "../../testing/in-memory-transport.ts";
import { builtInCatalogue } from "./domain/built-in-catalogue.ts";
import { type ModelStates, NO_MODEL } from "./domain/model-state.ts";
import { createRecommendationService } from "./recommendation-service.ts";
import { createTestServing, notTrained } from "./testing/built-in-serving.ts";
import { createInMemoryRatingStore } from "./testing/in-memory-rating-store.ts";
import { createInMemoryReaderEventStore } from "./testing/in-memory-reader-event-store.ts";

const falcon = {
  id: 1,
  title: "The Maltese Falcon",
  authors: ["Dashiell Hammett"],
  year: 1930,
  categories: ["mystery", "classics"],
};

const readers = { numberOf: async () => 1_000_000_000 };
const readerEvents = createInMemoryReaderEventStore({ clock: () => new Date(0) });

const models: ModelStates = {
  current: NO_MODEL,
  async *follow() {
    yield NO_MODEL;
  },
};

function setUp() {
  let seconds = 0;
  const ratings = createInMemoryRatingStore({ clock: () => new Date(1_000 * ++seconds) });
  const serving = createTestServing();
  const service = createRecommendationService({
    catalogue: builtInCatalogue,
    ratings,
    serving,
    models,
    readerEvents,
    readers,
  });
  const transport = createInMemoryTransport(({ service: serve }) => serve(RecommendationService, service));
  const client = createClient(RecommendationService, transport);
  const rate = (bookId: number, value: number, userId = 7) =>
    client.rateBook({ userId, bookId, change: { case: "stars", value } });
  return { ratings, serving, client, rate };
}

type Client = ReturnType<typeof setUp>["client"];

it("tells the state of the model, once and as a stream", async () => {
  const { client } = setUp();
  expect((await client.getModel({})).model?.version).toBe(0n);
  const states = await Array.fromAsync(client.watchModel({}));
  expect(states.map(({ model }) => model?.version)).toEqual([0n]);
});

/** The error of a call that has to fail. */
async function errorOf(call: Promise<unknown>): Promise<ConnectError> {
  const answer = await call.then(
    (value) => ({ value }),
    (error: ConnectError) => ({ error }),
  );
  if ("value" in answer) throw new Error(`expected an error: got ${JSON.stringify(answer.value)}`);
  return answer.error;
}

async function titlesRecommended(client: Client, userId = 7): Promise<(string | undefined)[]> {
  const { recommendations } = await client.recommend({ userId });
  return recommendations.map(({ book }) => book?.title);
}

describe("a bad request", () => {
  it.each<[string, (client: Client) => Promise<unknown>, ...string[]]>([
    ["getBook", (client) => client.getBook({ id: 0 }), "id must be 1 to 2147483647: got 0"],
    ["listBooks", (client) => client.listBooks({ pageSize: 101 }), "page_size must be 0 to 100: got 101"],
    ["listBooks", (client) => client.listBooks({ pageSize: -1 }), "page_size must be 0 to 100: got -1"],
    [
      "listBooks",
      (client) => client.listBooks({ query: "é".repeat(201) }),
      "query must have at most 200 characters: got 201",
    ],
    [
      "listBooks",
      (client) => client.listBooks({ pageToken: "nonsense" }),
      "page_token must be empty or the next_page_token of the page before, with the same other fields",
    ],
    [
      "recommend",
      (client) => client.recommend({ userId: -3, maxResults: 101 }),
      "user_id must be 1 to 2147483647: got -3",
      "max_results must be 0 to 100: got 101",
    ],
    [
      "rateBook",
      (client) => client.rateBook({ change: { case: "stars", value: 6 } }),
      "user_id must be 1 to 2147483647: got 0",
      "book_id must be 1 to 2147483647: got 0",
      "stars must be 1 to 5: got 6",
    ],
    [
      "rateBook",
      (client) => client.rateBook({ userId: 7, bookId: 1 }),
      "change must be stars or withdraw: got neither",
    ],
    [
      "rateBook",
      (client) => client.rateBook({ userId: 7, bookId: 1, change: { case: "withdraw", value: false } }),
      "withdraw must be true: got false",
    ],
    [
      "listRatings",
      (client) => client.listRatings({ pageSize: 101 }),
      "user_id must be 1 to 2147483647: got 0",
      "page_size must be 0 to 100: got 101",
    ],
    [
      "watchRecommendations",
      async (client) => client.watchRecommendations({ userId: 0 })[Symbol.asyncIterator]().next(),
      "user_id must be 1 to 2147483647: got 0",
    ],
  ])("of %s is refused by its fields", async (_, call, ...violations) => {
    const error = await errorOf(call(setUp().client));
    expect(error.code).toBe(Code.InvalidArgument);
    const [detail] = error.findDetails(BadRequestSchema);
    expect(detail?.fieldViolations.map(({ field, description }) => `${field} ${description}`)).toEqual(violations);
  });

  it.each<[string, (client: Client) => Promise<unknown>]>([
    ["book 999 does not exist", (client) => client.getBook({ id: 999 })],
    [
      "book 999 does not exist",
      (client) => client.rateBook({ userId: 7, bookId: 999, change: { case: "stars", value: 5 } }),
    ],
    ['category "cooking" does not exist', (client) => client.listBooks({ category: "cooking" })],
    ['category "cooking" does not exist', (client) => client.recommend({ userId: 7, category: "cooking" })],
    [
      'category "cooking" does not exist',
      async (client) => client.watchRecommendations({ userId: 7, category: "cooking" })[Symbol.asyncIterator]().next(),
    ],
  ])("is told that %s", async (message, call) => {
    const error = await errorOf(call(setUp().client));
    expect([error.code, error.rawMessage]).toEqual([Code.NotFound, message]);
  });
});

describe("getBook", () => {
  it("answers with the book", async () => {
    const { book } = await setUp().client.getBook({ id: 1 });
    expect(book).toMatchObject(falcon);
  });
});

describe("listCategories", () => {
  it("answers with all categories and their names", async () => {
    const { categories } = await setUp().client.listCategories({});
    expect(categories.map(({ id }) => id)).toContain("science-fiction");
    expect(categories.find(({ id }) => id === "self-help")).toMatchObject({ name: "Self-help", bookCount: 24 });
  });
});

describe("listBooks", () => {
  it("answers with the 24 most popular books unless asked for more or fewer", async () => {
    const { books, totalSize } = await setUp().client.listBooks({});
    expect(books).toHaveLength(24);
    expect(books[0]?.title).toBe("Pride and Prejudice");
    expect(totalSize).toBe(builtInCatalogue.books.length);
  });

  it.each([
    ["", "", 100],
    ["classics", "", 7],
    ["", "the", 100],
    ["mystery", "christie", 1],
  ])("gives every book of category %j and words %j once over its pages", async (category, query, pageSize) => {
    const { client } = setUp();
    const ids: number[] = [];
    const totals = new Set<number>();
    let pageToken = "";
    do {
      const page = await client.listBooks({ category, query, pageSize, pageToken });
      ids.push(...page.books.map(({ id }) => id));
      totals.add(page.totalSize);
      pageToken = page.nextPageToken;
    } while (pageToken !== "");
    expect(ids).toEqual(builtInCatalogue.search({ category, query }).map(({ id }) => id));
    expect(totals).toEqual(new Set([ids.length]));
  });

  it("refuses the token of another list", async () => {
    const { client } = setUp();
    const { nextPageToken } = await client.listBooks({ category: "classics" });
    const error = await errorOf(client.listBooks({ category: "mystery", pageToken: nextPageToken }));
    expect(error.code).toBe(Code.InvalidArgument);
  });
});

describe("rateBook", () => {
  it("answers with the rating as stored and its number in the log", async () => {
    const { rate } = setUp();
    const { rating, sequence } = await rate(1, 4);
    expect(rating).toMatchObject({ book: falcon, stars: 4 });
    expect(rating?.time && timestampDate(rating.time)).toEqual(new Date(1_000));
    expect(sequence).toBe(1n);
    expect((await rate(1, 5)).sequence).toBe(2n);
  });

  it("takes a rating back, also when there is none", async () => {
    const { client, rate } = setUp();
    await rate(1, 4);
    const withdraw = () => client.rateBook({ userId: 7, bookId: 1, change: { case: "withdraw", value: true } });
    const withdrawn = await withdraw();
    expect([withdrawn.rating, withdrawn.sequence]).toEqual([undefined, 2n]);
    expect((await client.listRatings({ userId: 7 })).ratings).toEqual([]);
    expect((await withdraw()).rating).toBeUndefined();
  });
});

describe("recommend", () => {
  it("gives ten popular books to a reader without ratings", async () => {
    const { recommendations, ranking } = await setUp().client.recommend({ userId: 7 });
    expect(recommendations).toHaveLength(10);
    expect(recommendations[0]).toMatchObject({
      book: { title: "Pride and Prejudice" },
      reason: { summary: "Popular with the sample readers", influences: [] },
    });
    expect(ranking).toMatchObject({ by: RankedBy.POPULARITY, modelVersion: 1n });
  });

  it("gives popular books, and says so, while no model is ready, whatever the reader likes", async () => {
    const { client, serving, rate } = setUp();
    serving.current = notTrained;
    await rate(30, 5);
    const { recommendations, ranking } = await client.recommend({ userId: 7 });
    expect(recommendations.map(({ book }) => book?.id)).toEqual(
      builtInCatalogue
        .search({ category: "", query: "" })
        .filter(({ id }) => id !== 30)
        .slice(0, 10)
        .map(({ id }) => id),
    );
    expect(recommendations.flatMap(({ reason }) => reason?.influences)).toEqual([]);
    expect(ranking).toMatchObject({ by: RankedBy.POPULARITY, modelVersion: 0n });
  });

  it("gives reasons whose parts add up to the score", async () => {
    const { client, rate } = setUp();
    await rate(30, 5);
    await rate(32, 3);
    const { recommendations } = await client.recommend({ userId: 7 });
    for (const { score, reason } of recommendations.slice(0, 3)) {
      const parts = reason?.influences.map(({ contribution }) => contribution) ?? [];
      expect(parts.length).toBeGreaterThan(0);
      expect(parts.reduce((sum, part) => sum + part, reason?.popularity ?? 0)).toBeCloseTo(score, 2);
    }
  });

  it("has at most three books by an author in a diverse list, and the best first all the same", async () => {
    const { client, rate } = setUp();
    await rate(30, 5);
    const mainAuthors = (list: readonly Recommendation[]) => list.map(({ book }) => book?.authors[0] ?? "");
    const { recommendations: usual } = await client.recommend({ userId: 7, maxResults: 100 });
    const { recommendations: diverse } = await client.recommend({ userId: 7, maxResults: 10, diverse: true });
    const counts = Map.groupBy(mainAuthors(diverse), (author) => author);
    expect(Math.max(...[...counts.values()].map(({ length }) => length))).toBeLessThanOrEqual(3);
    expect(diverse).toHaveLength(10);
    expect(diverse[0]).toEqual(usual[0]);
    const known = new Map(usual.map((recommendation) => [recommendation.book?.id, recommendation]));
    expect(diverse.map(({ book }) => known.get(book?.id))).toEqual(diverse);
  });

  it("follows what the reader rates, says why, and goes back when it is withdrawn", async () => {
    const { client, rate } = setUp();
    const before = await titlesRecommended(client);
    await rate(30, 5);
    const { recommendations, ranking } = await client.recommend({ userId: 7, maxResults: 3 });
    expect(recommendations).toHaveLength(3);
    const [first] = recommendations;
    expect(first).toMatchObject({
      book: { title: "I, Robot" },
      reason: { summary: "Because you liked Foundation", influences: [{ bookId: 30, title: "Foundation" }] },
    });
    const contribution = first?.reason?.influences[0]?.contribution ?? 0;
    expect(contribution + (first?.reason?.popularity ?? 0)).toBe(first?.score);
    expect(first?.reason?.influences[0]?.share).toBeCloseTo(contribution / (first?.score ?? 0), 9);
    expect(ranking).toMatchObject({ by: RankedBy.MODEL, modelVersion: 1n });
    await client.rateBook({ userId: 7, bookId: 30, change: { case: "withdraw", value: true } });
    expect(await titlesRecommended(client)).toEqual(before);
  });

  it("leaves other readers' lists as they are", async () => {
    const { client, rate } = setUp();
    const before = await titlesRecommended(client, 8);
    await rate(30, 5);
    expect(await titlesRecommended(client, 8)).toEqual(before);
  });

  it("keeps to the category asked for", async () => {
    const { recommendations } = await setUp().client.recommend({ userId: 7, category: "poetry", maxResults: 100 });
    const poetry = builtInCatalogue.search({ category: "poetry", query: "" });
    expect(recommendations.map(({ book }) => book?.id)).toEqual(poetry.map(({ id }) => id));
  });
});

describe("listRatings", () => {
  it("gives a reader's ratings, the latest first", async () => {
    const { client, rate } = setUp();
    await rate(1, 4);
    await rate(2, 5);
    await rate(1, 3);
    await rate(3, 1, 8);
    const { ratings, totalSize, nextPageToken } = await client.listRatings({ userId: 7 });
    expect(ratings.map(({ book, stars }) => [book?.id, stars])).toEqual([
      [1, 3],
      [2, 5],
    ]);
    expect([totalSize, nextPageToken]).toEqual([2, ""]);
  });

  it("gives pages that what is rated between them does not shift", async () => {
    const { client, rate } = setUp();
    for (const bookId of [1, 2, 3, 4, 5]) await rate(bookId, 5);
    const first = await client.listRatings({ userId: 7, pageSize: 2 });
    await rate(6, 5);
    await client.rateBook({ userId: 7, bookId: 4, change: { case: "withdraw", value: true } });
    const second = await client.listRatings({ userId: 7, pageSize: 2, pageToken: first.nextPageToken });
    const third = await client.listRatings({ userId: 7, pageSize: 2, pageToken: second.nextPageToken });
    const pages = [first, second, third].map(({ ratings }) => ratings.map(({ book }) => book?.id));
    expect(pages).toEqual([[5, 4], [3, 2], [1]]);
    expect(third.nextPageToken).toBe("");
  });

  it("tells ratings of the same moment apart by book", async () => {
    const ratings = createInMemoryRatingStore({ clock: () => new Date(0) });
    const serving = createTestServing();
    const service = createRecommendationService({
      catalogue: builtInCatalogue,
      ratings,
      serving,
      models,
      readerEvents,
      readers,
    });
    const client = createClient(
      RecommendationService,
      createRouterTransport(({ service: serve }) => serve(RecommendationService, service)),
    );
    for (const bookId of [3, 1, 2]) await ratings.change({ userId: 7, bookId, stars: 5 });
    const first = await client.listRatings({ userId: 7, pageSize: 2 });
    const second = await client.listRatings({ userId: 7, pageSize: 2, pageToken: first.nextPageToken });
    expect([...first.ratings, ...second.ratings].map(({ book }) => book?.id)).toEqual([1, 2, 3]);
  });

  it("leaves out books that are no longer in the catalogue", async () => {
    const { client, ratings, rate } = setUp();
    await ratings.change({ userId: 7, bookId: 99_999, stars: 5 });
    await rate(1, 4);
    const answer = await client.listRatings({ userId: 7 });
    expect(answer.ratings.map(({ book }) => book?.id)).toEqual([1]);
    expect(answer.totalSize).toBe(1);
  });
});
