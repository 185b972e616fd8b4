import { callUnaryMethod, createConnectQueryKey, useTransport } from "@connectrpc/connect-query";
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useCallback, useEffect, useMemo } from "react";

// Enough for the first screen; then as many as the server gives, because who scrolls wants more.
const firstPageSize = 48;
const laterPageSize = 100;
const method = RecommendationService.method.listBooks;

/**
 * The books of a category (empty for all) whose title or authors have all words of the query. They are read page by page,
 * as far as they are wanted, and kept. While other books are asked for, those before stay; the call for books nobody wants
 * any more is cancelled. When the catalogue turns out to be another one, reading starts over.
 */
export function useCatalogue(query: string, category: string) {
  const transport = useTransport();
  const queries = useQueryClient();
  const queryKey = useMemo(() => {
    const key = createConnectQueryKey({ schema: method, transport, input: { query, category }, cardinality: "finite" });
    // Not the call's own key: what is kept here is not one answer.
    return ["paged", ...key] as const;
  }, [transport, query, category]);
  const listing = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const pageSize = pageParam === "" ? firstPageSize : laterPageSize;
      return callUnaryMethod(transport, method, { query, category, pageSize, pageToken: pageParam }, { signal });
    },
    initialPageParam: "",
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
    placeholderData: keepPreviousData,
    // Another catalogue shows in its size, or in the model.
    staleTime: Number.POSITIVE_INFINITY,
    // Comparing a page with all before it would take ever longer.
    structuralSharing: false,
  });
  const { data, error, hasNextPage, isFetching, isPlaceholderData, fetchNextPage, refetch } = listing;

  const pages = data?.pages;
  const total = pages?.[0]?.totalSize ?? 0;
  const replaced = pages?.at(-1)?.totalSize !== pages?.[0]?.totalSize;
  useEffect(() => {
    if (replaced) void queries.resetQueries({ queryKey, exact: true });
  }, [replaced, queries, queryKey]);

  const books = useMemo(() => pages?.flatMap((page) => page.books), [pages]);
  const canRead = hasNextPage && !isFetching && !isPlaceholderData && error === null;
  const read = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return { books, total, error, isPlaceholderData, canRead, read, refetch };
}
