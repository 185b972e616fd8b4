import type {
  Recommendation,
  WatchRecommendationsResponse,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/** How a book stands against the list before: places up (negative: down), or not there before. */
export type RankChange = number | "new";

/** The reader's recommendations as they are, and how they came to be. */
export interface RankedList {
  /** Best first; undefined until the first list has come. */
  readonly recommendations: readonly Recommendation[] | undefined;
  /** The number of the last rating that the list takes into account. */
  readonly sequence: bigint | undefined;
  /** The book whose rating led to this list; undefined when none of the reader's did. */
  readonly changedBookId: number | undefined;
  /** How the books that moved stand against the list before, by id. Empty for the first list. */
  readonly changes: ReadonlyMap<number, RankChange>;
}

/** Before the first list. */
export const noRankedList: RankedList = {
  recommendations: undefined,
  sequence: undefined,
  changedBookId: undefined,
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
  const { recommendations, sequence, changedBookId } = list;
  const before = shown.recommendations?.map(idOf);
  const now = recommendations.map(idOf);
  if (sequence === shown.sequence && before?.join() === now.join()) return shown;
  return { recommendations, sequence, changedBookId, changes: before === undefined ? new Map() : compare(before, now) };
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
