import type { KeptStorage } from "../../../storage/kept-storage.ts";

const KEY = "triptych-own-orders";
/** As many as the list of orders shows, and some more. */
const MOST = 100;

/** The ids of the orders that were made in this browser, the latest last; of very many the latest. */
export function ownOrders(storage: Pick<KeptStorage, "getItem">): readonly string[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/** Keeps the id of an order that was made in this browser. */
export function keepOwnOrder(storage: Pick<KeptStorage, "getItem" | "setItem">, id: string): void {
  const others = ownOrders(storage).filter((other) => other !== id);
  storage.setItem(KEY, JSON.stringify([...others, id].slice(-MOST)));
}
