import { ConnectError } from "@connectrpc/connect";
import { type Query, QueryCache, type QueryCacheNotifyEvent, QueryClient } from "@tanstack/react-query";
import { isRetryable } from "@triptych/rpc-web";

const attempts = 3;
const healingIntervalMs = 5_000;

/**
 * The cache of unary calls. A query that fails is tried again at once where that can help, and then every five seconds
 * while it is shown, so that a page heals by itself when the server is back. Its error stays until there is an answer. A
 * mutation is never tried again by itself.
 */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: keepErrors(new QueryCache()),
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

/**
 * Lets queries without data keep their error while they are tried again. By itself the cache makes them pending with each attempt,
 * and a page without its server would change from error to skeleton and back every few seconds.
 */
function keepErrors(cache: QueryCache): QueryCache {
  const errors = new WeakMap<Query, Error>();
  cache.subscribe((event) => {
    if (event.type !== "updated") return;
    const { query, action } = event;
    const error = errors.get(query);
    if (action.type === "error") errors.set(query, action.error);
    else if (action.type === "success" || isReset(event)) errors.delete(query);
    else if (action.type === "fetch" && error !== undefined) query.setState({ status: "error", error });
  });
  return cache;
}

/** Whether a query has been set back to what it was before its first attempt. */
function isReset({ action, query }: QueryCacheNotifyEvent & { type: "updated" }): boolean {
  return action.type === "setState" && query.state.status === "pending";
}
