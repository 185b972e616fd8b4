import { create } from "@bufbuild/protobuf";
import { WatchRecommendationsResponseSchema } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { expect, it } from "vitest";
import { noRankedList, rankList } from "./ranked-list.ts";

function listOf(ids: readonly number[], sequence: bigint, changedBookId?: number) {
  const recommendations = ids.map((id) => ({ book: { id } }));
  return create(WatchRecommendationsResponseSchema, {
    update: {
      case: "list",
      value: { recommendations, sequence, ...(changedBookId !== undefined && { changedBookId }) },
    },
  });
}

const heartbeat = create(WatchRecommendationsResponseSchema, { update: { case: "position", value: { sequence: 9n } } });
const first = rankList(noRankedList, [listOf([1, 2, 3, 4], 1n)]);

it("marks nothing in the first list", () => {
  expect(first.recommendations?.map(({ book }) => book?.id)).toEqual([1, 2, 3, 4]);
  expect([...first.changes]).toEqual([]);
});

it("marks what rose, what fell and what is new, and not what stayed", () => {
  const next = rankList(first, [listOf([4, 2, 5, 1], 2n, 3)]);
  expect([...next.changes]).toEqual([
    [4, 3],
    [5, "new"],
    [1, -3],
  ]);
  expect(next.changedBookId).toBe(3);
});

it("compares the last of several lists with what was on the screen", () => {
  const next = rankList(first, [listOf([2, 1, 3, 4], 2n, 8), listOf([1, 2, 4, 3], 3n, 9)]);
  expect([...next.changes]).toEqual([
    [4, 1],
    [3, -1],
  ]);
  expect(next.changedBookId).toBe(9);
});

it("keeps the marks when the same list comes again", () => {
  const next = rankList(first, [listOf([2, 1, 3, 4], 2n, 8)]);
  expect(rankList(next, [listOf([2, 1, 3, 4], 2n)])).toBe(next);
});

it("takes no notice of a heartbeat", () => {
  expect(rankList(first, [heartbeat])).toBe(first);
});
