import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import {
  ReaderEventKind,
  RecommendationService,
  type WatchRecommendationsResponse,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { type OpenStream, openStream } from "@triptych/testkit/clients/open-stream.ts";
import { CALL_STYLES, type CallStyle, createTransport } from "@triptych/testkit/clients/transports.ts";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { modelServed } from "../src/testing/model-served.ts";
import { useServer } from "../src/testing/use-server.ts";
import { TRAINING_POLICY } from "../src/training/training-policy.ts";
import { itCountsAsCanceled, itEndsWithItsClient, type LastingCall } from "./leaving-calls.ts";
import { itRefuses, type RefusedCall } from "./refused-calls.ts";

// One model for all tests: what they rate must not change the lists of each other.
const server = useServer(
  {},
  {
    trainingPolicy: {
      ...TRAINING_POLICY,
      enoughChanges: () => Number.POSITIVE_INFINITY,
      restMs: () => Number.POSITIVE_INFINITY,
    },
  },
);

beforeAll(() => modelServed(server.baseUrl), 120_000);

const clientOver = (style: CallStyle) => createClient(RecommendationService, createTransport(style, server.baseUrl));

/** The next list that a rating of its reader has led to: the model, which other tests rate for, may bring others. */
async function nextChange(stream: OpenStream<WatchRecommendationsResponse>) {
  for (;;) {
    const { update } = await stream.next();
    if (update.case === "list" && update.value.changedBookId !== undefined) return update;
  }
}

/** Gets a list from a feed and by a call until both are the same: in between the model may be brought up to date, for what other tests rate. */
async function sameTwice<L extends { readonly recommendations: readonly unknown[] }>(
  followed: () => Promise<WatchRecommendationsResponse["update"]>,
  called: () => Promise<L>,
): Promise<L> {
  return vi.waitFor(
    async () => {
      const update = await followed();
      const list = await called();
      expect(update).toMatchObject({ case: "list", value: { recommendations: list.recommendations } });
      return list;
    },
    { timeout: 5_000 },
  );
}

/** A reader that no other test has. */
const newReader = (() => {
  let last = 1_000;
  return () => {
    last += 1;
    return last;
  };
})();

const notAReader = { field: "user_id", description: "must be 1 to 2147483647: got 0" };

const refused: RefusedCall<typeof RecommendationService>[] = [
  {
    what: "a reader and a number of books out of range",
    call: (books) => books.recommend({ maxResults: 101 }),
    code: "InvalidArgument",
    violations: [notAReader, { field: "max_results", description: "must be 0 to 100: got 101" }],
  },
  {
    what: "categories, books and a year that no list takes",
    call: (books) =>
      books.recommend({ userId: 1, categories: [""], excludedBookIds: [5, 0], shownBookIds: [-1], minYear: 10_000 }),
    code: "InvalidArgument",
    violations: [
      { field: "categories[0]", description: 'must be the id of a category: got ""' },
      { field: "excluded_book_ids[1]", description: "must be 1 to 2147483647: got 0" },
      { field: "shown_book_ids[0]", description: "must be 1 to 2147483647: got -1" },
      { field: "min_year", description: "must be -5000 to 9999: got 10000" },
    ],
  },
  {
    what: "to follow a list with too much to leave out",
    call: (books) =>
      books.watchRecommendations({
        userId: 1,
        categories: Array(21).fill("mystery"),
        excludedBookIds: Array(1_001).fill(1),
      }),
    code: "InvalidArgument",
    violations: [
      { field: "categories", description: "must be at most 20 categories: got 21" },
      { field: "excluded_book_ids", description: "must be at most 1000 books: got 1001" },
    ],
  },
  {
    what: "one of several categories that does not exist",
    call: (books) => books.recommend({ userId: 1, categories: ["mystery", "cheese"] }),
    code: "NotFound",
    message: 'category "cheese" does not exist',
  },
  {
    what: "books like none, and too many of them",
    call: (books) => books.similarBooks({ maxResults: 101 }),
    code: "InvalidArgument",
    violations: [
      { field: "book_id", description: "must be 1 to 2147483647: got 0" },
      { field: "max_results", description: "must be 0 to 100: got 101" },
    ],
  },
  {
    what: "books like one that does not exist",
    call: (books) => books.similarBooks({ bookId: 999_999 }),
    code: "NotFound",
    message: "book 999999 does not exist",
  },
  {
    what: "the ratings of no book",
    call: (books) => books.countRatings({}),
    code: "InvalidArgument",
    violations: [{ field: "book_id", description: "must be 1 to 2147483647: got 0" }],
  },
  {
    what: "the ratings of one that does not exist",
    call: (books) => books.countRatings({ bookId: 999_999 }),
    code: "NotFound",
    message: "book 999999 does not exist",
  },
  {
    what: "trending books of a category that does not exist",
    call: (books) => books.listTrendingBooks({ category: "cheese" }),
    code: "NotFound",
    message: 'category "cheese" does not exist',
  },
  {
    what: "too many new books",
    call: (books) => books.listNewBooks({ maxResults: 101 }),
    code: "InvalidArgument",
    violations: [{ field: "max_results", description: "must be 0 to 100: got 101" }],
  },
  {
    what: "a report of nothing by nobody",
    call: (books) => books.reportEvents({}),
    code: "InvalidArgument",
    violations: [notAReader, { field: "events", description: "must be 1 to 50 events: got 0" }],
  },
  {
    what: "a report of what is no event, and of no book",
    call: (books) => books.reportEvents({ userId: 1, events: [{ bookId: 1 }, { kind: ReaderEventKind.OPENED }] }),
    code: "InvalidArgument",
    violations: [
      {
        field: "events[0].kind",
        description: "must be READER_EVENT_KIND_OPENED or READER_EVENT_KIND_PUT_INTO_BASKET: got 0",
      },
      { field: "events[1].book_id", description: "must be 1 to 2147483647: got 0" },
    ],
  },
  {
    what: "a report of a book that does not exist, and with it of all others",
    call: (books) =>
      books.reportEvents({
        userId: 1,
        events: [1, 999_999].map((bookId) => ({ kind: ReaderEventKind.OPENED, bookId })),
      }),
    code: "NotFound",
    message: "book 999999 does not exist",
  },
  {
    what: "six stars",
    call: (books) => books.rateBook({ userId: 1, bookId: 1, change: { case: "stars", value: 6 } }),
    code: "InvalidArgument",
    violations: [{ field: "stars", description: "must be 1 to 5: got 6" }],
  },
  {
    what: "a rating that changes nothing",
    call: (books) => books.rateBook({ userId: 1, bookId: 1 }),
    code: "InvalidArgument",
    violations: [{ field: "change", description: "must be stars or withdraw: got neither" }],
  },
  {
    what: "a book that does not exist",
    call: (books) => books.getBook({ id: 999_999 }),
    code: "NotFound",
    message: "book 999999 does not exist",
  },
  {
    what: "to rate a book that does not exist",
    call: (books) => books.rateBook({ userId: 1, bookId: 999_999, change: { case: "stars", value: 5 } }),
    code: "NotFound",
    message: "book 999999 does not exist",
  },
  {
    what: "a category that does not exist",
    call: (books) => books.listBooks({ category: "cheese" }),
    code: "NotFound",
    message: 'category "cheese" does not exist',
  },
  {
    what: "to follow a category that does not exist",
    call: (books) => books.watchRecommendations({ userId: 1, category: "cheese" }),
    code: "NotFound",
    message: 'category "cheese" does not exist',
  },
  {
    what: "to follow nobody",
    call: (books) => books.watchRecommendations({}),
    code: "InvalidArgument",
    violations: [notAReader],
  },
  {
    what: "the page of another list",
    call: async (books) => {
      const { nextPageToken } = await books.listBooks({ pageSize: 1 });
      return books.listBooks({ category: "mystery", pageToken: nextPageToken });
    },
    code: "InvalidArgument",
    violations: [
      {
        field: "page_token",
        description: "must be empty or the next_page_token of the page before, with the same other fields",
      },
    ],
  },
];

describe.each(CALL_STYLES)("recommendations over %s", (style) => {
  const client = () => clientOver(style);

  it("finds books by words and category", async () => {
    const { books, totalSize } = await client().listBooks({ query: "hitch", category: "science-fiction" });
    expect(books).toMatchObject([{ id: 4, title: "The Hitchhiker's Guide to the Galaxy" }]);
    expect(totalSize).toBe(1);
    expect((await client().getBook({ id: 4 })).book).toEqual(books[0]);
  });

  it("pages through the whole catalogue, each book once", async () => {
    const { categories } = await client().listCategories({});
    expect(categories.length).toBeGreaterThanOrEqual(10);
    const ids: number[] = [];
    let pageToken = "";
    do {
      const page = await client().listBooks({ pageSize: 100, pageToken });
      ids.push(...page.books.map(({ id }) => id));
      pageToken = page.nextPageToken;
    } while (pageToken !== "");
    expect(ids.length).toBeGreaterThanOrEqual(200);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("stores a rating, gives it back and takes it back", async () => {
    const userId = newReader();
    const given = await client().rateBook({ userId, bookId: 6, change: { case: "stars", value: 4 } });
    expect(given.rating).toMatchObject({ stars: 4, book: { id: 6, title: "The Dune Chronicles" } });
    expect(await client().listRatings({ userId })).toMatchObject({ ratings: [given.rating], totalSize: 1 });
    const taken = await client().rateBook({ userId, bookId: 6, change: { case: "withdraw", value: true } });
    expect(taken.rating).toBeUndefined();
    expect(taken.sequence).toBe(given.sequence + 1n);
    expect(await client().listRatings({ userId })).toMatchObject({ ratings: [], totalSize: 0 });
  });

  it("recommends by what a reader rated, and says from which books it follows", async () => {
    const userId = newReader();
    await client().rateBook({ userId, bookId: 6, change: { case: "stars", value: 5 } });
    const { recommendations } = await client().recommend({ userId, maxResults: 5 });
    expect(recommendations).toHaveLength(5);
    expect(recommendations.map(({ book }) => book?.id)).not.toContain(6);
    expect(recommendations[0]?.reason?.influences).toMatchObject([{ bookId: 6, title: "The Dune Chronicles" }]);
    expect((await client().recommend({ userId, maxResults: 5 })).recommendations).toEqual(recommendations);
  });

  const options = { categories: ["mystery", "fantasy"], minYear: 1950, excludeRated: false, maxResults: 20 };

  it("recommends from several categories and from a year on, and leaves out what it is told to", async () => {
    const userId = newReader();
    const { recommendations } = await client().recommend({ userId, ...options });
    const ids = recommendations.map(({ book }) => book?.id ?? 0);
    expect(ids).toHaveLength(20);
    expect(recommendations.filter(({ book }) => (book?.year ?? 0) < 1950)).toEqual([]);
    const kinds = new Set(recommendations.flatMap(({ book }) => book?.categories));
    expect([kinds.has("mystery"), kinds.has("fantasy")]).toEqual([true, true]);
    const [first = 0, second = 0] = ids;
    const without = await client().recommend({ userId, ...options, excludedBookIds: [first], shownBookIds: [second] });
    const others = without.recommendations.map(({ book }) => book?.id);
    expect(others.slice(0, 18)).toEqual(ids.slice(2));
    expect(others).not.toContain(first);
    expect(others).not.toContain(second);
  });

  it("follows a list by the options that Recommend takes", async () => {
    const userId = newReader();
    await client().rateBook({ userId, bookId: 6, change: { case: "stars", value: 5 } });
    const request = { userId, ...options, maxResults: 100, categories: ["science-fiction"], excludedBookIds: [4] };
    const followed = async () => {
      await using list = openStream((call) => client().watchRecommendations(request, call));
      return (await list.next()).update;
    };
    const { recommendations } = await sameTwice(followed, () => client().recommend(request));
    expect(recommendations.map(({ book }) => book?.id)).toContain(6);
    expect(recommendations.map(({ book }) => book?.id)).not.toContain(4);
  });

  it("lists the books most like one, with weights and reasons", async () => {
    const { similarBooks, modelVersion } = await client().similarBooks({ bookId: 6, maxResults: 100 });
    expect(modelVersion).toBe(1n);
    const weights = similarBooks.map(({ weight }) => weight);
    expect(weights[0]).toBeGreaterThan(0);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(similarBooks.map(({ book }) => book?.id)).not.toContain(6);
    expect(similarBooks[0]?.reason?.summary).toMatch(/^Liked by sample readers who like The Dune Chronicles/);
    expect((await client().similarBooks({ bookId: 6 })).similarBooks).toEqual(similarBooks.slice(0, 10));
  });

  it("counts the ratings of a book", async () => {
    const bookId = 300 + CALL_STYLES.indexOf(style);
    expect(await client().countRatings({ bookId })).toMatchObject({ mean: 0 });
    for (const value of [5, 5, 2]) {
      await client().rateBook({ userId: newReader(), bookId, change: { case: "stars", value } });
    }
    const { counts, mean } = await client().countRatings({ bookId });
    expect(counts.map(({ stars, readers }) => [stars, readers])).toEqual([
      [1, 0],
      [2, 1],
      [3, 0],
      [4, 0],
      [5, 2],
    ]);
    expect(mean).toBe(4);
  });

  it("counts what readers do once, and lists the books with which they do most", async () => {
    const bookId = 40 + CALL_STYLES.indexOf(style);
    const scoreOf = async () => {
      const { trendingBooks } = await client().listTrendingBooks({ maxResults: 100 });
      return trendingBooks.find(({ book }) => book?.id === bookId)?.score ?? 0;
    };
    const { OPENED, PUT_INTO_BASKET } = ReaderEventKind;
    const events = [OPENED, PUT_INTO_BASKET, OPENED].map((kind) => ({ kind, bookId }));
    const userId = newReader();
    expect((await client().reportEvents({ userId, events })).counted).toBe(2);
    expect((await client().reportEvents({ userId, events })).counted).toBe(0);
    expect(await scoreOf()).toBeCloseTo(4, 2);
    expect((await client().reportEvents({ userId: newReader(), events: events.slice(0, 1) })).counted).toBe(1);
    const orders = createClient(OrderService, createTransport(style, server.baseUrl));
    await orders.createOrder({ items: [{ bookId }], phone: "123456", userId });
    expect(await scoreOf()).toBeCloseTo(10, 2);
  });

  it("compares two rankings by what readers do with the books that are shown to them", async () => {
    await using models = openStream((call) => client().watchModel({}, call));
    const before = (await models.next()).model?.comparison;
    expect(before?.rankings.map(({ id }) => id)).toEqual(["three-by-author", "two-by-author"]);
    const userId = newReader();
    const list = await client().recommend({ userId, diverse: true, compare: true });
    const ranking = before?.rankings.find(({ id }) => id === list.ranking?.comparedRanking);
    const [bookId = 0, rated = 0] = list.recommendations.map(({ book }) => book?.id ?? 0);
    await client().reportEvents({ userId, events: [{ kind: ReaderEventKind.OPENED, bookId }] });
    await client().rateBook({ userId, bookId: rated, change: { case: "stars", value: 2 } });
    const counted = { readers: (ranking?.readers ?? 0) + 1, booksShown: (ranking?.booksShown ?? 0n) + 10n };
    for (;;) {
      const { model } = await models.next();
      const now = model?.comparison?.rankings.find(({ id }) => id === ranking?.id);
      if (now?.rated?.books !== (ranking?.rated?.books ?? 0n) + 1n) continue;
      expect(now).toMatchObject({ ...counted, opened: { books: (ranking?.opened?.books ?? 0n) + 1n } });
      expect(now.opened?.share?.value).toBe((now.opened?.readers ?? 0) / now.readers);
      break;
    }
    expect((await client().getModel({})).model?.comparison?.openedDifference).toBeDefined();
  });

  it("compares no list that is not shown, or not diverse", async () => {
    const userId = newReader();
    const requests = [{ diverse: true }, { compare: true }];
    const lists = await Promise.all(requests.map((request) => client().recommend({ userId, ...request })));
    expect(lists.map(({ ranking }) => ranking?.comparedRanking)).toEqual(["", ""]);
  });

  it("lists the books that were published last", async () => {
    const { books } = await client().listNewBooks({ category: "fantasy" });
    expect(books).toHaveLength(10);
    const years = books.map(({ year }) => year);
    expect(years).toEqual(years.toSorted((a, b) => b - a));
    expect(books.filter(({ categories }) => !categories.includes("fantasy"))).toEqual([]);
  });

  it("sends a follower a new list at once when another client rates for the same reader, and for no other", async () => {
    const userId = newReader();
    const open = () => openStream((options) => client().watchRecommendations({ userId, maxResults: 5 }, options));
    await using page = open();
    await using otherPage = open();
    const [first] = await Promise.all([page.next(), otherPage.next()]);
    expect(first.update.case).toBe("list");
    expect(first.update.value).not.toHaveProperty("changedBookId");

    const native = clientOver("grpc");
    await native.rateBook({ userId: newReader(), bookId: 1, change: { case: "stars", value: 5 } });
    let stars = 5;
    const rate = async () => {
      const { sequence } = await native.rateBook({ userId, bookId: 4, change: { case: "stars", value: stars } });
      // One that changes nothing brings no list.
      stars = stars === 5 ? 4 : 5;
      const [after, otherAfter] = await Promise.all([nextChange(page), nextChange(otherPage)]);
      expect(after).toMatchObject({ case: "list", value: { changedBookId: 4, sequence } });
      expect(otherAfter).toEqual(after);
      return after;
    };
    await sameTwice(rate, () => native.recommend({ userId, maxResults: 5 }));
  });

  itRefuses(client, refused);

  describe("WatchRecommendations", () => {
    const call: LastingCall = {
      server,
      style,
      method: `${RecommendationService.typeName}/WatchRecommendations`,
      open: (options) => client().watchRecommendations({ userId: 1 }, options),
    };
    itEndsWithItsClient(call);
    itCountsAsCanceled(call);
  });
});

it("compares no list that is asked for by GET, which changes nothing", async () => {
  const transport = createConnectTransport({ baseUrl: server.baseUrl, httpVersion: "1.1", useHttpGet: true });
  const request = { userId: newReader(), diverse: true, compare: true };
  const { ranking } = await createClient(RecommendationService, transport).recommend(request);
  expect(ranking?.comparedRanking).toBe("");
});
