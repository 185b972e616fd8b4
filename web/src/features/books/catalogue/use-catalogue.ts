import { useInfiniteQuery } from "@connectrpc/connect-query";
import { keepPreviousData } from "@tanstack/react-query";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

const pageSize = 24;

/**
 * The books of a category (empty for all) whose title or authors have all words of the query, page by page. While other
 * books are asked for, those before stay; the call for books nobody wants any more is cancelled.
 */
export function useCatalogue(query: string, category: string) {
  const { data, ...rest } = useInfiniteQuery(
    RecommendationService.method.listBooks,
    { query, category, pageSize, pageToken: "" },
    {
      pageParamKey: "pageToken",
      getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
      placeholderData: keepPreviousData,
      // The catalogue is the same as long as the server runs.
      staleTime: 5 * 60_000,
    },
  );
  return { ...rest, books: data?.pages.flatMap(({ books }) => books), total: data?.pages[0]?.totalSize ?? 0 };
}
