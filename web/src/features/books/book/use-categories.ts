import { useQuery } from "@connectrpc/connect-query";
import { type Category, RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useMemo } from "react";

/** The categories of the catalogue. */
export interface Categories {
  /** Sorted by name; empty until they are known. */
  readonly all: readonly Category[];
  /** The name of a category for people; its id until that is known. */
  nameOf(id: string): string;
}

const none: readonly Category[] = [];

/** The categories of the catalogue, asked for once. They do not change while the server runs. */
export function useCategories(): Categories {
  const { data } = useQuery(RecommendationService.method.listCategories, {}, { staleTime: Number.POSITIVE_INFINITY });
  const all = data?.categories ?? none;
  return useMemo(() => {
    const names = new Map(all.map(({ id, name }) => [id, name]));
    return { all, nameOf: (id) => names.get(id) ?? id };
  }, [all]);
}
