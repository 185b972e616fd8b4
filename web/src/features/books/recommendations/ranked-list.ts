import {
  RankedBy,
  type Recommendation,
  type RecommendationList,
  type WatchRecommendationsResponse,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/** How a book stands against the list before: places up (negative: down), or not there before. */
export type RankChange = number | "new";

/** The reader's recommendations as they are, and how they came to be. */
export interface RankedList {
  /** Best first; undefined until the first list has come. */
  readonly recommendations: readonly Recommendation[] | undefined;
  /** The number of the last rating that the list takes into account. */
  readonly sequence: bigint | undefined;
  /** What put the books in this order. */
  readonly by: RankedBy;
  /** The version of the model that was used; 0 while none is ready. */
  readonly modelVersion: bigint;
  /** The book whose rating led to this list; undefined when none of the reader's did. */
  readonly changedBookId: number | undefined;
  /** Whether another model than that of the list before led to this list. */
  readonly modelChanged: boolean;
  /** How the books that moved stand against the list before, by id. Empty for the first list. */
  readonly changes: ReadonlyMap<number, RankChange>;
}

/** Before the first list. */
export const noRankedList: RankedList = {
  recommendations: undefined,
  sequence: undefined,
  by: RankedBy.UNSPECIFIED,
  modelVersion: 0n,
  changedBookId: undefined,
  modelChanged: false,
  changes: new Map(),
};

/**
 * The list after the messages of one frame: the last list of them, compared with the one that was on the screen. A list
 * that says the same again, as the first of a stream that reconnected does, changes nothing.
 */
export function rankList(shown: RankedList, messages: readonly WatchRecommendationsResponse[]): RankedList {
  const lists = messages.flatMap(({ update }) => (update.case === "list" ? [update.value] : []));
  const list = lists.at(-1);
  if (list === undefined) return shown;
  const { recommendations, sequence, changedBookId, ranking } = list;
  const before = shown.recommendations?.map(idOf);
  const by = ranking?.by ?? RankedBy.UNSPECIFIED;
  const modelVersion = ranking?.modelVersion ?? 0n;
  if (before !== undefined && saysTheSame(shown, list, before)) return shown;
  return {
    recommendations,
    sequence,
    by,
    modelVersion,
    changedBookId,
    modelChanged: before !== undefined && modelVersion !== shown.modelVersion,
    changes: before === undefined ? new Map() : compare(before, recommendations.map(idOf)),
  };
}

function saysTheSame(shown: RankedList, list: RecommendationList, before: readonly number[]): boolean {
  return (
    list.sequence === shown.sequence &&
    (list.ranking?.by ?? RankedBy.UNSPECIFIED) === shown.by &&
    (list.ranking?.modelVersion ?? 0n) === shown.modelVersion &&
    before.join() === list.recommendations.map(idOf).join()
  );
}

function compare(before: readonly number[], now: readonly number[]): ReadonlyMap<number, RankChange> {
  const rankBefore = new Map(before.map((id, rank) => [id, rank]));
  const changes = new Map<number, RankChange>();
  for (const [rank, id] of now.entries()) {
    const earlier = rankBefore.get(id);
    if (earlier !== rank) changes.set(id, earlier === undefined ? "new" : earlier - rank);
  }
  return changes;
}

function idOf({ book }: Recommendation): number {
  return book?.id ?? 0;
}
