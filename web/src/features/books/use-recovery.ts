import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** Asks again for what could not be had before, as soon as a live stream shows that the server is there again. */
export function useRecovery(live: boolean): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (live) void queries.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" });
  }, [live, queries]);
}
