import { ConnectError } from "@connectrpc/connect";
import { QueryClient } from "@tanstack/react-query";
import { isRetryable } from "../hooks/retryable.ts";

const attempts = 3;
const healingIntervalMs = 5_000;

/**
 * The cache of unary calls. A query that fails is tried again at once where that can help, and then every five seconds
 * while it is shown, so that a page heals by itself when the server is back. A mutation is never tried again by itself.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < attempts - 1 && canHeal(error),
        refetchInterval: ({ state }) => (state.status === "error" && canHeal(state.error) ? healingIntervalMs : false),
        // A server on this machine is reachable without a network.
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

function canHeal(error: unknown): boolean {
  return isRetryable(ConnectError.from(error).code);
}
