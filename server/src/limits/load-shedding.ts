import type { LoadSheddingOptions } from "@triptych/rpc/call/load-shedder.ts";
import { costOf } from "./cost-of.ts";
import { principalOf } from "./share-of-callers.ts";

/** What is shed beyond a delay of the event loop in milliseconds: the costliest calls first, as the contracts have it, and callers by principal, or else by address. */
export function loadSheddingAbove(maxDelayMs: number): LoadSheddingOptions {
  return { maxDelayMs, costOf, callerOf: principalOf };
}
