import type { CurrentLibrary } from "../rating-rows.ts";
import type { Store, StoreOptions } from "../store.ts";

/** The data of one store, over which servers are opened. */
export interface StoreWorld {
  /** Opens the store as a server does. Where one server has the data alone, those that were opened before are closed. */
  open(options?: Partial<StoreOptions>): Promise<Store>;
  /** Has the database reject orders of this phone, as a rule that is broken or a fault in the middle of a transaction does. */
  rejectOrdersOf(phone: string): Promise<void>;
  /** Runs a statement by hand that every database takes. */
  byHand(sql: string): Promise<void>;
  /** Closes what is open and removes the data. */
  close(): Promise<void>;
}

/** What stores are opened with where a test says nothing else. */
export function storeOptions(options: Partial<StoreOptions> = {}): StoreOptions {
  const library: CurrentLibrary = { current: undefined };
  return { library, heartbeatMs: 60_000, now: () => new Date(0), logger: { error: () => undefined }, ...options };
}
