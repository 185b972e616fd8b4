import type { Call } from "@triptych/rpc/call/call.ts";
import type { FairShareOptions } from "@triptych/rpc/call/fair-share.ts";
import { callerKey } from "../services/caller-key.ts";
import { costOf } from "./cost-of.ts";

/** What each caller may have of the server; 0 means as much as they like. */
export type ShareConfig = Pick<
  FairShareOptions,
  "costPerSecond" | "burst" | "maxCalls" | "maxStreams" | "maxBufferedBytes"
>;

/** What callers share: by principal where the caller has shown who they are, or else by address; at the costs of the contracts. */
export function shareOfCallers(config: ShareConfig): FairShareOptions {
  return { ...config, costOf, callerOf: principalOf };
}

/** The principal of a call that the request gate has let pass; undefined where it is not known who calls. */
export function principalOf({ context }: Call): string | undefined {
  const caller = context.values.get(callerKey);
  return typeof caller === "object" ? caller.id : undefined;
}
