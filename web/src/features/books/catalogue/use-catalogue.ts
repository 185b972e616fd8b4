import { createConnectQueryKey, useTransport } from "@connectrpc/connect-query";
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { readBooks } from "./read-books.ts";

const schema = RecommendationService.method.listBooks;
// So many books before they are seen, so that scrolling seldom meets one that is not there.
const ahead = 24;

/**
 * The books of a category (empty for all) whose title or authors have all words of the query. They are read page by page as
 * far as `reach` is told that they are seen, and kept. While other books are asked for, those before stay; the call for books
 * nobody wants any more is cancelled. When the catalogue turns out to be another one, reading starts over.
 */
export function useCatalogue(query: string, category: string) {
  const transport = useTransport();
  const queries = useQueryClient();
  const wanted = useRef(0);
  const [reached, setReached] = useState(0);
  const queryKey = useMemo(() => {
    const key = createConnectQueryKey({ schema, transport, input: { query, category }, cardinality: "finite" });
    // Not the call's own key: what is kept here is not one answer.
    return ["paged", ...key] as const;
  }, [transport, query, category]);
  const { data, error, hasNextPage, isFetching, isPlaceholderData, fetchNextPage, refetch } = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      readBooks(transport, { query, category, ...pageParam }, () => wanted.current, signal),
    initialPageParam: { start: 0, pageToken: "" },
    getNextPageParam: ({ nextPageToken: pageToken, books }, _pages, { start }) =>
      pageToken === "" ? undefined : { start: start + books.length, pageToken },
    placeholderData: keepPreviousData,
    // Another catalogue shows in its size, or in the model.
    staleTime: Number.POSITIVE_INFINITY,
    // Comparing what came with all before it would take ever longer.
    structuralSharing: false,
  });
  const pages = data?.pages;
  const books = useMemo(() => pages?.flatMap((page) => page.books), [pages]);

  const replaced = pages?.at(-1)?.totalSize !== pages?.[0]?.totalSize;
  useEffect(() => {
    if (replaced) void queries.resetQueries({ queryKey, exact: true });
  }, [replaced, queries, queryKey]);

  const canRead = hasNextPage && !isFetching && !isPlaceholderData && error === null;
  const behind = (books?.length ?? 0) < reached + ahead;
  useEffect(() => {
    if (canRead && behind) void fetchNextPage();
  }, [canRead, behind, fetchNextPage]);

  const reach = useCallback((end: number) => {
    wanted.current = end + ahead;
    setReached(end);
  }, []);
  const retry = useCallback(
    () => void (data === undefined || isPlaceholderData ? refetch() : fetchNextPage()),
    [data, isPlaceholderData, refetch, fetchNextPage],
  );
  return { books, total: pages?.[0]?.totalSize ?? 0, error, isPlaceholderData, reach, retry };
}
