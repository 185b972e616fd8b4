import { useQuery } from "@connectrpc/connect-query";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useRatings } from "../rating/ratings-context.ts";

/** The title of a book of which only the id is known; `book 6` until more is. */
export function BookTitle({ id }: { readonly id: number }) {
  const { ratings } = useRatings();
  const rated = ratings?.find(({ book }) => book?.id === id)?.book;
  const { data } = useQuery(
    RecommendationService.method.getBook,
    { id },
    { enabled: rated === undefined, staleTime: Number.POSITIVE_INFINITY },
  );
  const title = rated?.title ?? data?.book?.title;
  return title === undefined ? `book ${id}` : <q dir="auto">{title}</q>;
}
