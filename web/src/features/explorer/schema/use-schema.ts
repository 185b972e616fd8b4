import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { loadSchema } from "./load-schema.ts";
import type { Schema } from "./schema.ts";
import { useReflectionTransport } from "./use-reflection-transport.ts";

/** What the server serves, asked once while the page lives. */
export function useSchema(): UseQueryResult<Schema> {
  const transport = useReflectionTransport();
  return useQuery({
    // The answer does not depend on how it was asked.
    queryKey: ["explorer", "schema"],
    queryFn: ({ signal }) => loadSchema(transport, signal),
    staleTime: Number.POSITIVE_INFINITY,
    // Descriptors refer to each other in circles: there is nothing in them to compare.
    structuralSharing: false,
  });
}
