import { createContext, use, useSyncExternalStore } from "react";
import { indexedValue } from "../../../storage/indexed-value.ts";
import { type CallsStore, createCallsStore } from "./calls-store.ts";
import type { KeptCall } from "./kept-calls.ts";

/** The calls that are kept; those of the browser unless another store is given. */
export const CallsContext = createContext<CallsStore>(createCallsStore(indexedValue("explorer-calls")));

/** The calls that are kept, and how to change them. */
export function useKeptCalls(): { readonly calls: readonly KeptCall[]; readonly change: CallsStore["change"] } {
  const { value, subscribe, change } = use(CallsContext);
  return { calls: useSyncExternalStore(subscribe, value), change };
}
