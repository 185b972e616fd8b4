import type { IndexedValue } from "../../../storage/indexed-value.ts";
import { createValueStore, type ValueStore } from "../../../storage/value-store.ts";
import { type KeptCall, readKeptCalls } from "./kept-calls.ts";

/** The calls that are kept, for all parts of a page. */
export type CallsStore = ValueStore<readonly KeptCall[]>;

/** Creates a store of calls in a value. */
export function createCallsStore(storage: IndexedValue): CallsStore {
  return createValueStore(storage, (kept) => readKeptCalls(kept) ?? []);
}
