import { ConnectError } from "@connectrpc/connect";
import { QueryClient } from "@tanstack/react-query";
import { isRetryable } from "../hooks/retryable.ts";

const attempts = 3;

/** The cache of unary calls. A query that fails is tried again where that can help; a mutation never is by itself. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        retry: (failures, error) => failures < attempts - 1 && isRetryable(ConnectError.from(error).code),
        // A server on this machine is reachable without a network.
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
