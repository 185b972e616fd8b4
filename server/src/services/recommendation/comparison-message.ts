import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  ComparedRankingSchema,
  RankingComparisonSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { estimateDifference, estimateShare } from "./domain/confidence.ts";
import type { Outcome, RankingCounts } from "./domain/ranking-comparison.ts";

/** The message of what came of two rankings. Readers are what is counted for the intervals: one reader's books are not independent of each other. */
export function comparisonMessage([first, second]: readonly [RankingCounts, RankingCounts]): MessageInitShape<
  typeof RankingComparisonSchema
> {
  const difference = (outcome: Outcome) => estimateDifference(readersOf(first, outcome), readersOf(second, outcome));
  return {
    rankings: [rankingMessage(first), rankingMessage(second)],
    openedDifference: difference("opened"),
    ratedDifference: difference("rated"),
    orderedDifference: difference("ordered"),
  };
}

function rankingMessage(counts: RankingCounts): MessageInitShape<typeof ComparedRankingSchema> {
  const { ranking, readers, booksShown, outcomes } = counts;
  const outcomeMessage = (outcome: Outcome) => ({
    books: BigInt(outcomes[outcome].books),
    readers: outcomes[outcome].readers,
    share: estimateShare(readersOf(counts, outcome)),
  });
  return {
    id: ranking.id,
    name: ranking.name,
    readers,
    booksShown: BigInt(booksShown),
    opened: outcomeMessage("opened"),
    rated: outcomeMessage("rated"),
    ordered: outcomeMessage("ordered"),
  };
}

function readersOf({ readers, outcomes }: RankingCounts, outcome: Outcome) {
  return { hits: outcomes[outcome].readers, of: readers };
}
