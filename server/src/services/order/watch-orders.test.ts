import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { WatchOrdersRequestSchema, type WatchOrdersResponse } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { describe, expect, it } from "vitest";
import { createInMemoryOrderStore } from "./in-memory-order-store.ts";
import { watchOrders } from "./watch-orders.ts";

const draft = { items: [], phone: "1", attributes: {}, price: "5", idempotencyKey: undefined };

async function setUp({ stored }: { stored: number }) {
  const store = createInMemoryOrderStore({ clock: () => new Date(0) });
  for (let count = 0; count < stored; count++) await store.create(draft);
  const leave = new AbortController();
  const watch = (request: MessageInitShape<typeof WatchOrdersRequestSchema>) =>
    watchOrders(store.feed, create(WatchOrdersRequestSchema, request), leave.signal);
  return { store, leave, watch };
}

async function take(stream: AsyncIterator<WatchOrdersResponse>, count: number): Promise<string[]> {
  const seen: string[] = [];
  while (seen.length < count) seen.push(describeUpdate((await stream.next()).value));
  return seen;
}

function describeUpdate({ update }: WatchOrdersResponse): string {
  if (update.case === "created") return `${update.value.sequence} ${update.value.order?.id}`;
  return `${update.case} ${update.value?.sequence} from ${update.value?.oldestSequence}`;
}

describe("watchOrders", () => {
  it("begins with the position and then brings each new order as it is taken", async () => {
    const { store, watch } = await setUp({ stored: 3 });
    const stream = watch({});
    expect(await take(stream, 1)).toEqual(["position 3 from 1"]);
    const next = take(stream, 2);
    await store.create(draft);
    await store.create(draft);
    expect(await next).toEqual(["4 order-4", "5 order-5"]);
  });

  it.each([
    ["the oldest", { afterSequence: 0n }, ["position 0 from 1", "1 order-1", "2 order-2", "3 order-3"]],
    ["the one after the last seen", { afterSequence: 2n }, ["position 2 from 1", "3 order-3"]],
    ["the latest asked for", { recent: 2 }, ["position 1 from 1", "2 order-2", "3 order-3"]],
    [
      "the one after the last seen, whatever `recent` says",
      { afterSequence: 2n, recent: 3 },
      ["position 2 from 1", "3 order-3"],
    ],
  ])("starts with %s", async (_, request, updates) => {
    const { watch } = await setUp({ stored: 3 });
    expect(await take(watch(request), updates.length)).toEqual(updates);
  });

  it.each([-1n, 2n ** 53n, 2n ** 63n - 1n])("refuses to start after %s", async (afterSequence) => {
    const { watch } = await setUp({ stored: 0 });
    await expect(watch({ afterSequence }).next()).rejects.toThrow(
      `after_sequence must be 0 to the number of the latest event: got ${afterSequence}`,
    );
  });

  it("ends when the client leaves", async () => {
    const { leave, watch } = await setUp({ stored: 0 });
    const stream = watch({});
    await take(stream, 1);
    const next = stream.next();
    leave.abort(new Error("the client left"));
    await expect(next).rejects.toThrow("the client left");
  });
});
