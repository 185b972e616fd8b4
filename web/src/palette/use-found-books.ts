import { useQuery } from "@connectrpc/connect-query";
import { keepPreviousData } from "@tanstack/react-query";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { Entry } from "./entry.ts";
import { useGo } from "./use-entries.ts";

const most = 5;

/** The first books that a query finds; none for a query of one letter, and where the server cannot be asked. */
export function useFoundBooks(query: string): readonly Entry[] {
  const go = useGo();
  const enabled = query.trim().length > 1;
  const { data } = useQuery(
    RecommendationService.method.listBooks,
    { query: query.trim(), pageSize: most },
    { enabled, placeholderData: keepPreviousData },
  );
  if (!enabled || data === undefined) return [];
  return data.books.map(({ id, title, authors }) => ({
    id: `book ${id}`,
    group: "Books",
    label: title,
    note: authors.join(", "),
    run: () => go(`/books/${id}`),
  }));
}
