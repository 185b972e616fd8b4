import { useQuery } from "@connectrpc/connect-query";
import { keepPreviousData } from "@tanstack/react-query";
import { GreeterService, type Language } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { useMemo } from "react";

/** The languages the greeter speaks, as far as they are known. */
export interface Languages {
  /** All of them, sorted by their names in English; none while they load and when they cannot be had. */
  readonly list: readonly Language[];
  /** The same by tag. */
  readonly byTag: ReadonlyMap<string, Language>;
  readonly loading: boolean;
  /** Why they cannot be had. */
  readonly error: unknown;
  /** Asks for them again. */
  readonly retry: () => void;
}

/** Asks for the languages once, and keeps them. */
export function useLanguages(): Languages {
  const { data, error, isLoading, refetch } = useQuery(
    GreeterService.method.listLanguages,
    {},
    { staleTime: Number.POSITIVE_INFINITY, placeholderData: keepPreviousData },
  );
  return useMemo(() => {
    const list = (data?.languages ?? []).toSorted((a, b) => a.englishName.localeCompare(b.englishName, "en"));
    const byTag = new Map(list.map((language) => [language.tag, language]));
    return { list, byTag, loading: isLoading, error: error ?? undefined, retry: () => void refetch() };
  }, [data, error, isLoading, refetch]);
}
