import type { Transport } from "@connectrpc/connect";
import { type BudgetedTransportOptions, budgetedTransport } from "./budgeted-transport.ts";
import { isMultiplexed } from "./is-multiplexed.ts";
import { createStreamBudget } from "./stream-budget.ts";

/**
 * Gives transports the budget of this tab, one for all of them. In a file of its own, so that a page loads the code of the budget beside its own: no first
 * paint waits for it.
 */
export function openStreamBudget(
  options: Pick<BudgetedTransportOptions, "webSocket" | "diverted">,
): (http: Transport) => Transport {
  const budget = createStreamBudget({ locks: browserLocks(), isMultiplexed: () => isMultiplexed() });
  return (http) => budgetedTransport({ ...options, http, budget });
}

/** The locks of the origin. The types know only pages of secure origins: over plain HTTP, `localhost` alone is one. */
function browserLocks(): LockManager | undefined {
  return "locks" in navigator ? navigator.locks : undefined;
}
