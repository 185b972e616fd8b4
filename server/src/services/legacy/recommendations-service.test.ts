import type { UnknownEnum } from "@bufbuild/protobuf";
import { Code, createClient } from "@connectrpc/connect";
import { BookCategory, Recommendations } from "@triptych/proto/recommendations_pb.ts";
import { describe, expect, it } from "vitest";
import { createInMemoryTransport } from "../../testing/in-memory-transport.ts";
import { builtInCatalogue } from "../recommendation/domain/built-in-catalogue.ts";
import { createTestServing } from "../recommendation/testing/built-in-serving.ts";
import { createInMemoryRatingStore } from "../recommendation/testing/in-memory-rating-store.ts";
import { createLegacyRecommendationsService } from "./recommendations-service.ts";

function setUp() {
  const ratings = createInMemoryRatingStore({ clock: () => new Date(0) });
  const service = createLegacyRecommendationsService({
    ratings,
    serving: createTestServing(),
    readers: { numberOf: async () => 1_000_000_000 },
  });
  const transport = createInMemoryTransport(({ service: serve }) => serve(Recommendations, service));
  const client = createClient(Recommendations, transport);
  const recommend = async (category: BookCategory, maxResults: number, userId = 1) => {
    const { recommendations } = await client.recommend({ userId, category, maxResults });
    return recommendations.map(({ id, title }) => `${id} ${title}`);
  };
  return { ratings, recommend };
}

describe("the older Recommendations service", () => {
  it.each([
    [
      "mystery",
      BookCategory.MYSTERY,
      ["2 Murder on the Orient Express", "3 The Hound of the Baskervilles", "1 The Maltese Falcon"],
    ],
    [
      "science fiction",
      BookCategory.SCIENCE_FICTION,
      ["6 The Dune Chronicles", "4 The Hitchhiker's Guide to the Galaxy", "5 Ender's Game"],
    ],
    [
      "self-help",
      BookCategory.SELF_HELP,
      [
        "9 Man's Search for Meaning",
        "8 How to Win Friends and Influence People",
        "7 The 7 Habits of Highly Effective People",
      ],
    ],
  ])("recommends the books its clients know to a reader of %s without ratings", async (_, category, books) => {
    expect(await setUp().recommend(category, 3)).toEqual(books);
  });

  it("follows the ratings of the reader", async () => {
    const { ratings, recommend } = setUp();
    await ratings.change({ userId: 1, bookId: 30, stars: 5 });
    expect(await recommend(BookCategory.SCIENCE_FICTION, 1)).toEqual(["31 I, Robot"]);
    expect(await recommend(BookCategory.SCIENCE_FICTION, 1, 2)).toEqual(["6 The Dune Chronicles"]);
  });

  it("gives none when none are asked for, and at most the whole category", async () => {
    const { recommend } = setUp();
    const category = builtInCatalogue.search({ category: "mystery", query: "" });
    expect(await recommend(BookCategory.MYSTERY, 0)).toEqual([]);
    expect(await recommend(BookCategory.MYSTERY, 2_147_483_647)).toHaveLength(category.length);
  });

  it("serves readers of any number", async () => {
    expect(await setUp().recommend(BookCategory.MYSTERY, 1, -5)).toEqual(["2 Murder on the Orient Express"]);
  });

  it("does not find other categories, whatever else is wrong", async () => {
    // A client may send a number the contract does not name; only the wire makes one, so here it takes a cast.
    const failing = setUp().recommend(3 as UnknownEnum, -1);
    await expect(failing).rejects.toMatchObject({ code: Code.NotFound, rawMessage: "Category not found" });
  });

  it("refuses a negative number of results", async () => {
    const failing = setUp().recommend(BookCategory.MYSTERY, -1);
    await expect(failing).rejects.toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: "max_results must not be negative: got -1",
    });
  });
});
