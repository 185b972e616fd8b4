import { AlreadyExists } from "../../domain/errors.ts";
import type { FeedStart, FeedUpdate } from "../../domain/feed.ts";
import type { Order, OrderDraft } from "./domain/order.ts";
import type { OrderStore } from "./domain/order-store.ts";
import { sameContents } from "./domain/same-contents.ts";

/** An order store for tests, without durability. Ids are `order-1` and on; its feed sends no heartbeats. */
export function createInMemoryOrderStore({ clock }: { readonly clock: () => Date }): OrderStore {
  const orders: Order[] = [];
  const byKey = new Map<string, Order>();
  const wakes = new Set<() => void>();

  function store({ idempotencyKey, readerId: _, ...contents }: OrderDraft): Order {
    const order = { ...contents, id: `order-${orders.length + 1}`, time: clock() };
    orders.push(order);
    if (idempotencyKey !== undefined) byKey.set(idempotencyKey, order);
    for (const wake of wakes) wake();
    return order;
  }

  function changed(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
    wakes.add(resolve);
    return promise.finally(() => {
      wakes.delete(resolve);
      signal.removeEventListener("abort", abort);
    });
  }

  async function* follow(start: FeedStart, signal: AbortSignal): AsyncGenerator<FeedUpdate<Order>> {
    let sequence = start.afterSequence ?? Math.max(0, orders.length - (start.recent ?? 0));
    yield { kind: "position", logId: "memory", sequence, oldestSequence: Math.min(1, orders.length) };
    while (true) {
      signal.throwIfAborted();
      const event = orders[sequence];
      if (event) yield { kind: "event", sequence: ++sequence, time: event.time, event };
      else await changed(signal);
    }
  }

  return {
    async create(draft) {
      const earlier = draft.idempotencyKey === undefined ? undefined : byKey.get(draft.idempotencyKey);
      if (!earlier) return { order: store(draft), created: true };
      if (sameContents(earlier, draft)) return { order: earlier, created: false };
      throw new AlreadyExists("idempotency_key was used for a different order");
    },
    async get(id) {
      return orders.find((order) => order.id === id);
    },
    async list({ limit, before = orders.length + 1, owner }) {
      const start = Math.max(0, before - 1 - limit);
      const page = orders.slice(start, before - 1).reverse();
      const shown = page.filter((order) => owner === undefined || order.owner === owner);
      return { orders: shown, next: start > 0 ? start + 1 : undefined };
    },
    feed: { follow },
  };
}
