import { Code, createClient } from "@connectrpc/connect";
import { OrderHandler } from "@triptych/proto/order_pb.ts";
import { BookCategory, Recommendations } from "@triptych/proto/recommendations_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { useIdentity } from "./use-identity.ts";

const identity = useIdentity();

/** The services, called by a subject of the issuer. */
async function as(subject: string) {
  const options = { headers: { authorization: `Bearer ${await identity.issuer.tokenOf(subject)}` } };
  const transport = createTransport("grpc", identity.server.baseUrl);
  return {
    options,
    orders: createClient(OrderService, transport),
    books: createClient(RecommendationService, transport),
    legacyOrders: createClient(OrderHandler, transport),
    legacyBooks: createClient(Recommendations, transport),
  };
}

const stars = (value: number) => ({ case: "stars", value }) as const;
const falcon = { items: [{ bookId: 1 }], phone: "030 1234" };

describe("a reader", () => {
  /** The number of the first who is given one. */
  const FIRST = 1_000_000_000;

  beforeAll(async () => {
    const alice = await as("alice");
    await alice.books.rateBook({ bookId: 1, change: stars(5) }, alice.options);
  });

  it("has a number of its own, which it need not name", async () => {
    const [alice, bob] = [await as("alice"), await as("bob")];
    expect((await alice.books.listRatings({}, alice.options)).totalSize).toBe(1);
    expect((await alice.books.listRatings({ userId: FIRST }, alice.options)).totalSize).toBe(1);
    expect((await bob.books.listRatings({}, bob.options)).totalSize).toBe(0);
  });

  it.each([FIRST, 7])("may not be another: %i", async (userId) => {
    const { books, legacyBooks, orders, options } = await as("bob");
    const feed = books.watchRecommendations({ userId }, options)[Symbol.asyncIterator]();
    const calls = [
      books.rateBook({ userId, bookId: 1, change: stars(1) }, options),
      books.listRatings({ userId }, options),
      books.recommend({ userId }, options),
      books.reportEvents({ userId }, options),
      feed.next(),
      legacyBooks.recommend({ userId, category: BookCategory.MYSTERY, maxResults: 1 }, options),
      orders.createOrder({ ...falcon, userId }, options),
    ];
    const results = await Promise.allSettled(calls);
    expect(results.map((result) => (result.status === "rejected" ? result.reason.code : "answered"))).toEqual(
      calls.map(() => Code.PermissionDenied),
    );
  });

  it("may be any for an admin", async () => {
    const { books, options } = await as("root");
    await books.rateBook({ userId: 7, bookId: 1, change: stars(4) }, options);
    expect((await books.listRatings({ userId: 7 }, options)).totalSize).toBe(1);
    expect((await books.listRatings({ userId: FIRST }, options)).totalSize).toBe(1);
  });
});

describe("an order", () => {
  it("is seen by who made it and by admins, whatever contract it came by", async () => {
    const [alice, bob, root] = [await as("alice"), await as("bob"), await as("root")];
    const { order } = await alice.orders.createOrder(falcon, alice.options);
    const { rstString } = await alice.legacyOrders.create_order({ phone: "1" }, alice.options);
    const ids = [JSON.parse(rstString).order_id, order?.id];
    for (const id of ids) {
      expect((await alice.orders.getOrder({ id }, alice.options)).order?.id).toBe(id);
      expect((await root.orders.getOrder({ id }, root.options)).order?.id).toBe(id);
      await expect(bob.orders.getOrder({ id }, bob.options)).rejects.toMatchObject({ code: Code.NotFound });
    }
    const listed = async ({ orders, options }: typeof alice) =>
      (await orders.listOrders({ pageSize: 100 }, options)).orders.map(({ id }) => id);
    expect(await listed(alice)).toEqual(ids);
    expect(await listed(root)).toEqual(expect.arrayContaining(ids));
    expect(await listed(bob)).toEqual([]);
  });

  it("says whether it is the caller's own, to admins, too, alone and in lists", async () => {
    const [erin, root] = [await as("erin"), await as("root")];
    const { order: hers } = await erin.orders.createOrder(falcon, erin.options);
    const { order: theirs } = await root.orders.createOrder(falcon, root.options);
    expect([hers?.own, theirs?.own]).toEqual([true, true]);
    const ownOf = async ({ orders, options }: typeof erin, id = "") => {
      const { order } = await orders.getOrder({ id }, options);
      const listed = (await orders.listOrders({ pageSize: 100 }, options)).orders.find((one) => one.id === id);
      return [order?.own, listed?.own];
    };
    expect(await ownOf(erin, hers?.id)).toEqual([true, true]);
    expect(await ownOf(root, hers?.id)).toEqual([false, false]);
    expect(await ownOf(root, theirs?.id)).toEqual([true, true]);
  });

  it("says so live, too", async () => {
    const [frank, root] = [await as("frank"), await as("root")];
    const left = new AbortController();
    const seen = root.orders.watchOrders({}, { ...root.options, signal: left.signal })[Symbol.asyncIterator]();
    await seen.next();
    const ids = [
      (await frank.orders.createOrder(falcon, frank.options)).order?.id,
      (await root.orders.createOrder(falcon, root.options)).order?.id,
    ];
    const own = new Map<string | undefined, boolean | undefined>();
    while (!ids.every((id) => own.has(id))) {
      const { update } = (await seen.next()).value ?? {};
      if (update?.case === "created") own.set(update.value.order?.id, update.value.order?.own);
    }
    expect(ids.map((id) => own.get(id))).toEqual([false, true]);
    left.abort();
  });

  it("comes live to who made it, and to no other", async () => {
    const [carol, dave] = [await as("carol"), await as("dave")];
    const left = new AbortController();
    const seen = carol.orders.watchOrders({}, { ...carol.options, signal: left.signal })[Symbol.asyncIterator]();
    await seen.next();
    const { order: first } = await carol.orders.createOrder(falcon, carol.options);
    await dave.orders.createOrder(falcon, dave.options);
    const { order: second } = await carol.orders.createOrder(falcon, carol.options);
    const created: (string | undefined)[] = [];
    while (created.length < 2) {
      const { update } = (await seen.next()).value ?? {};
      if (update?.case === "created") created.push(update.value.order?.id);
    }
    expect(created).toEqual([first?.id, second?.id]);
    left.abort();
  });

  it("has an idempotency key of its maker's own", async () => {
    const [alice, bob] = [await as("alice"), await as("bob")];
    const order = { ...falcon, idempotencyKey: "the same" };
    const first = await alice.orders.createOrder(order, alice.options);
    const again = await alice.orders.createOrder(order, alice.options);
    const other = await bob.orders.createOrder({ ...order, phone: "030 9999" }, bob.options);
    expect([first.created, again.created, other.created]).toEqual([true, false, true]);
    expect(again.order?.id).toBe(first.order?.id);
    expect(other.order?.id).not.toBe(first.order?.id);
  });
});
