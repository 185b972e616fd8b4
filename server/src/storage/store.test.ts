import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AlreadyExists, DataLoss, InvalidInput, TooMuchStored } from "../domain/errors.ts";
import type { EventFeed, FeedStart, FeedUpdate, ReadableFeed } from "../domain/feed.ts";
import type { StoredSession } from "../domain/session-store.ts";
import type { GreetingMade } from "../services/greeter/domain/greeting-made.ts";
import type { OrderDraft } from "../services/order/domain/order.ts";
import { signalOfTest } from "../testing/signal-of-test.ts";
import { noPostgres, usePostgres } from "./postgres/testing/use-postgres.ts";
import type { Library } from "./sqlite/library.ts";
import type { Store } from "./store.ts";
import { createPostgresWorld } from "./testing/postgres-world.ts";
import { createSqliteWorld } from "./testing/sqlite-world.ts";
import type { StoreWorld } from "./testing/store-world.ts";

const postgres = usePostgres();

const greeting = (name: string): GreetingMade => ({
  name,
  language: "en",
  message: `Hello, ${name}!`,
  protocol: "grpc",
  method: "SayHello",
});

const draftOf = (phone: string, more: Partial<OrderDraft> = {}): OrderDraft => ({
  items: [{ bookId: 1, quantity: 1, title: "Dune" }],
  phone,
  attributes: {},
  price: "",
  idempotencyKey: undefined,
  ...more,
});

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Follows a feed until the test ends; `take` gives the next events of it. */
function following<T>(feed: ReadableFeed<T>, start: FeedStart) {
  const updates = feed.follow(start, signalOfTest())[Symbol.asyncIterator]();
  const next = async (): Promise<FeedUpdate<T>> => (await updates.next()).value;
  return {
    next,
    async take(count: number): Promise<readonly (readonly [sequence: number, event: T])[]> {
      const taken: [number, T][] = [];
      while (taken.length < count) {
        const update = await next();
        if (update.kind === "event") taken.push([update.sequence, update.event]);
      }
      return taken;
    },
  };
}

const sayAll = (feed: EventFeed<GreetingMade>, numbers: readonly number[]) =>
  Promise.all(numbers.map((number) => feed.append(greeting(String(number)))));

describe.each([
  ["on SQLite", createSqliteWorld, undefined],
  [`on Postgres${noPostgres ? `, skipped: ${noPostgres}` : ""}`, () => createPostgresWorld(postgres), noPostgres],
])("a store %s", { timeout: 60_000 }, (_, createWorld, skipped) => {
  if (skipped !== undefined) {
    it.skip("keeps its promises");
    return;
  }

  let world: StoreWorld;
  let store: Store;

  beforeEach(async () => {
    world = await createWorld();
    store = await world.open();
  });

  afterEach(() => world.close());

  describe("a feed", () => {
    it("numbers what comes at once without gaps, each event as its writer was told, in the order of the log", async () => {
      const follower = following(store.greetings, {});
      const appended = await sayAll(store.greetings, range(1, 1_500));
      const told = appended.map(({ sequence, event }) => [sequence, event.name] as const);
      const seen = (await follower.take(1_500)).map(([sequence, { name }]) => [sequence, name] as const);
      expect(seen.map(([sequence]) => sequence)).toEqual(range(1, 1_500));
      expect(new Map(seen)).toEqual(new Map(told));
    });

    it("opens with where it stands", async () => {
      await sayAll(store.greetings, [1, 2, 3]);
      expect(await following(store.greetings, {}).next()).toEqual({
        kind: "position",
        logId: expect.stringMatching(/^[\da-f-]{36}$/),
        sequence: 3,
        oldestSequence: 1,
      });
    });

    it("goes on after a restart with the next event, under the same log", async () => {
      await sayAll(store.greetings, range(1, 40));
      const before = await following(store.greetings, {}).next();
      store = await world.open();
      await store.greetings.append(greeting("41"));
      const follower = following(store.greetings, { afterSequence: 20 });
      expect(await follower.next()).toMatchObject({ sequence: 20, logId: before.kind === "position" && before.logId });
      expect((await follower.take(21)).map(([, { name }]) => name)).toEqual(range(21, 41).map(String));
    });

    it("brings the latest first where asked to", async () => {
      await sayAll(store.greetings, range(1, 5));
      expect((await following(store.greetings, { recent: 2 }).take(2)).map(([sequence]) => sequence)).toEqual([4, 5]);
    });

    it("gives a follower that was slow everything, also what is no longer in memory", async () => {
      const follower = following(store.greetings, {});
      await follower.next();
      for (let from = 1; from <= 3_000; from += 500) await sayAll(store.greetings, range(from, from + 499));
      expect((await follower.take(3_000)).map(([sequence]) => sequence)).toEqual(range(1, 3_000));
    });

    it.each([
      ["a number ahead of the log", { afterSequence: 4 }],
      ["a negative number", { afterSequence: -1 }],
      ["a number of another log", { afterSequence: 2, logId: "another" }],
      ["more than a thousand of the latest", { recent: 1_001 }],
    ])("rejects %s", async (_what, start) => {
      await sayAll(store.greetings, [1, 2, 3]);
      const open = async () => await following(store.greetings, start).next();
      await expect(open()).rejects.toThrow(InvalidInput);
    });

    it("keeps texts of any characters", async () => {
      const name = "\0 \u{1F600} \\ \" ' { , } NULL";
      await store.greetings.append(greeting(name));
      store = await world.open();
      expect((await following(store.greetings, { afterSequence: 0 }).take(1))[0]?.[1].name).toBe(name);
    });

    it("ends with DataLoss where events are missing that were to be kept", async () => {
      await sayAll(store.greetings, range(1, 40));
      store = await world.open();
      const follower = following(store.greetings, { afterSequence: 0 });
      await world.byHand("delete from events where sequence > 20 and sequence < 30");
      await expect(follower.take(40)).rejects.toThrow(DataLoss);
    });

    it("leaves out what cannot be read", async () => {
      await sayAll(store.greetings, range(1, 40));
      await world.byHand("update events set payload = 'x' where sequence = 20");
      store = await world.open();
      const seen = await following(store.greetings, { afterSequence: 0 }).take(39);
      expect(seen.map(([sequence]) => sequence)).toEqual([...range(1, 19), ...range(21, 40)]);
    });
  });

  describe("orders", () => {
    const phonesOf = async (limit: number) => {
      const pages: string[][] = [];
      let before: number | undefined;
      do {
        const page = await store.orders.list({ limit, before });
        pages.push(page.orders.map(({ phone }) => phone));
        before = page.next;
      } while (before !== undefined);
      return pages;
    };

    it("are stored once a key, however many send it at once", async () => {
      const drafts = range(1, 50).map((number) => draftOf("1", { idempotencyKey: `key ${number % 5}` }));
      const results = await Promise.all(drafts.map((draft) => store.orders.create(draft)));
      expect(results.filter(({ created }) => created)).toHaveLength(5);
      expect(new Set(results.map(({ order }) => order.id)).size).toBe(5);
      expect(await phonesOf(100)).toEqual([Array(5).fill("1")]);
    });

    it("of a key that was used for another order are rejected, and take no other of their batch with them", async () => {
      const key = { idempotencyKey: "key" };
      const { order } = await store.orders.create(draftOf("1", key));
      const [other, again, next] = await Promise.allSettled([
        store.orders.create(draftOf("2", key)),
        store.orders.create(draftOf("1", key)),
        store.orders.create(draftOf("3")),
      ]);
      expect(other).toMatchObject({ status: "rejected", reason: expect.any(AlreadyExists) });
      expect(again).toMatchObject({ value: { created: false, order: { id: order.id } } });
      expect(next).toMatchObject({ value: { created: true } });
      expect(await phonesOf(100)).toEqual([["3", "1"]]);
    });

    it("of one owner are bounded, and those of others are not theirs", async () => {
      const store = await world.open({ maxOrdersPerOwner: 2 });
      const make = (phone: string, owner?: string, idempotencyKey?: string) =>
        store.orders.create(draftOf(phone, { owner, idempotencyKey }));
      const { order } = await make("1", "alice", "alice\nkey");
      const results = await Promise.allSettled([make("2", "alice"), make("3", "alice"), make("4", "bob"), make("5")]);
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
      expect(results[1]).toMatchObject({ reason: new TooMuchStored("a caller may have at most 2 orders") });
      // What is stored already is given again.
      expect(await make("1", "alice", "alice\nkey")).toMatchObject({ created: false, order: { id: order.id } });
      for (let made = 0; made < 3; made++) await make("6");
      const reopened = await world.open({ maxOrdersPerOwner: 2 });
      await expect(reopened.orders.create(draftOf("7", { owner: "alice" }))).rejects.toThrow(TooMuchStored);
      const unbounded = await world.open();
      await unbounded.orders.create(draftOf("8", { owner: "alice" }));
    });

    it("that the database rejects leave neither gap nor order, and those beside them are stored", async () => {
      await world.rejectOrdersOf("666");
      const follower = following(store.orders.feed, {});
      const phones = ["1", "666", "2", "666", "3"];
      const results = await Promise.allSettled(phones.map((phone) => store.orders.create(draftOf(phone))));
      expect(results.map(({ status }) => status)).toEqual([
        "fulfilled",
        "rejected",
        "fulfilled",
        "rejected",
        "fulfilled",
      ]);
      expect((await follower.take(3)).map(([sequence, { phone }]) => [sequence, phone])).toEqual([
        [1, "1"],
        [2, "2"],
        [3, "3"],
      ]);
    });

    it("come in pages, the latest first, of at most a mebibyte", async () => {
      for (const phone of range(1, 20)) await store.orders.create(draftOf(String(phone)));
      const latestFirst = range(1, 20).map(String).reverse();
      expect(await phonesOf(17)).toEqual([latestFirst.slice(0, 17), latestFirst.slice(17)]);
      for (const phone of range(21, 25)) {
        await store.orders.create(draftOf(String(phone), { attributes: { note: "☕".repeat(80_000) } }));
      }
      expect((await phonesOf(100)).map((page) => page.length)).toEqual([4, 21]);
    });

    it("of one owner come in pages of their own, however many of others stand between", async () => {
      const others = draftOf("0", { owner: "bob", attributes: { note: "x".repeat(600_000) } });
      const own: string[] = [];
      for (let made = 0; made < 3; made += 1) {
        own.unshift((await store.orders.create(draftOf("1", { owner: "alice" }))).order.id);
        for (let other = 0; other < 2; other += 1) await store.orders.create(others);
      }
      const pages: string[][] = [];
      let before: number | undefined;
      do {
        const page = await store.orders.list({ limit: 2, before, owner: "alice" });
        pages.push(page.orders.map(({ id }) => id));
        before = page.next;
      } while (before !== undefined);
      expect(pages).toEqual([own.slice(0, 2), own.slice(2)]);
      expect(await store.orders.list({ limit: 2, owner: "carol" })).toEqual({ orders: [], next: undefined });
    });

    it("are given back as they were stored", async () => {
      const attributes = JSON.parse('{"__proto__":"a","constructor":"\\u0000"}');
      const { order } = await store.orders.create(draftOf("1", { attributes, owner: "alice" }));
      store = await world.open();
      expect(await store.orders.get(order.id)).toEqual(order);
      expect(await store.orders.get("\0")).toBeUndefined();
    });
  });

  describe("ratings", () => {
    const rate = (bookId: number, stars: number | undefined, userId = 1) =>
      store.ratings.change({ userId, bookId, stars });
    const shown = async (userId = 1) =>
      (await store.ratings.ofReader(userId)).map(({ bookId, stars }) => `${bookId}: ${stars}`);

    it("hold as they were last given, the latest first", async () => {
      let seconds = 0;
      store = await world.open({ now: () => new Date(1_000 * ++seconds) });
      await rate(1, 5);
      await rate(2, 3);
      await rate(1, 4);
      await rate(3, 1);
      await rate(3, undefined);
      await rate(9, 2, 2);
      expect(await shown()).toEqual(["1: 4", "2: 3"]);
      expect(await shown(2)).toEqual(["9: 2"]);
    });

    it("say whether they change a like, also many at once and over what was imported", async () => {
      // Of the library the store asks nothing else.
      const current = {
        isLiked: (_user: number, book: number) => book === 7,
        ratingsOf: () => [],
      } as unknown as Library;
      store = await world.open({ library: { current } });
      const follower = following(store.ratings.changes, {});
      await follower.next();
      await Promise.all([rate(1, 4), rate(1, 5), rate(1, 3), rate(1, undefined), rate(7, 5), rate(7, 1), rate(8, 2)]);
      const expected = [
        [1, 4, true],
        [1, 5, false],
        [1, 3, true],
        [1, undefined, false],
        [7, 5, false],
        [7, 1, true],
        [8, 2, false],
      ];
      const changesOf = async ({ take }: typeof follower) =>
        (await take(7)).map(([, { bookId, stars, changesLike }]) => [bookId, stars, changesLike]);
      expect(await changesOf(follower)).toEqual(expected);
      // As they were stored, too.
      store = await world.open();
      expect(await changesOf(following(store.ratings.changes, { afterSequence: 0 }))).toEqual(expected);
    });

    it("are counted by book and stars, also over what was imported", async () => {
      const imported = new Map([
        [1, 5],
        [2, 4],
        [900, 4],
      ]);
      // Of the library the store asks nothing else.
      const current = {
        lastReader: 900,
        isLiked: () => false,
        starsOf: (user: number, book: number) => (book === 7 ? imported.get(user) : undefined),
        countsOf: async (book: number) => (book === 7 ? [0, 0, 0, 2, 1] : [0, 0, 0, 0, 0]),
      } as unknown as Library;
      store = await world.open({ library: { current } });
      await Promise.all([rate(7, 3), rate(7, undefined, 2), rate(7, 1, 3), rate(7, 5, 1_000_000_000), rate(8, 2)]);
      expect(await store.ratings.countsOf(7)).toEqual([1, 0, 1, 1, 1]);
      expect(await store.ratings.countsOf(8)).toEqual([0, 1, 0, 0, 0]);
      expect(await store.ratings.countsOf(9)).toEqual([0, 0, 0, 0, 0]);
    });

    it("wake the followers of their reader alone", async () => {
      const updates = store.ratings.followReader(1, signalOfTest())[Symbol.asyncIterator]();
      await updates.next();
      await rate(5, 5, 2);
      await rate(6, 5, 1);
      expect((await updates.next()).value).toEqual({ kind: "changed", sequence: 2, bookId: 6 });
    });
  });

  describe("what readers do with books", () => {
    const day = 24 * 60 * 60 * 1_000;
    const trends = async () => Array.from(await store.readerEvents.trending(), ({ bookId, score }) => [bookId, score]);

    it("counts once a day and reader, and is worth half as much after a week", async () => {
      let time = 0;
      store = await world.open({ now: () => new Date(time) });
      const open = (userId: number | undefined, bookId: number) =>
        store.readerEvents.record([{ userId, bookId, kind: "opened" }]);
      expect([await open(1, 5), await open(1, 5), await open(2, 5), await open(undefined, 6)]).toEqual([1, 0, 1, 1]);
      time = 7 * day;
      expect(await trends()).toEqual([
        [5, 1],
        [6, 0.5],
      ]);
      expect(await open(1, 6)).toBe(1);
      expect(await trends()).toEqual([
        [6, 1.5],
        [5, 1],
      ]);
    });

    it("comes with orders and likes, each once", async () => {
      const items = [1, 2].map((bookId) => ({ bookId, quantity: 3, title: "\0" }));
      for (let time = 0; time < 2; time++) {
        await store.orders.create(draftOf("1", { items, idempotencyKey: "key", readerId: 7 }));
      }
      await store.orders.create(draftOf("2", { items, readerId: 7 }));
      for (const stars of [5, 4, 3]) await store.ratings.change({ userId: 7, bookId: 2, stars });
      expect(await trends()).toEqual([
        [2, 9],
        [1, 5],
      ]);
    });

    it("is kept of a reader at least as far as it is among the latest 300", async () => {
      store = await world.open({ now: () => new Date(0) });
      await store.readerEvents.record(range(1, 351).map((bookId) => ({ userId: 1, bookId, kind: "opened" })));
      const again = (bookId: number) => store.readerEvents.record([{ userId: 1, bookId, kind: "opened" }]);
      expect([await again(1), await again(351)]).toEqual([0, 1]);
    });
  });

  it("gives each principal a number of a reader, its own for good, however many ask at once", async () => {
    const asked = await Promise.all(["alice", "bob", "alice", "carol"].map((id) => store.readers.numberOf(id)));
    expect(new Set(asked).size).toBe(3);
    expect(asked[2]).toBe(asked[0]);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(1_000_000_000);
    store = await world.open();
    expect(await store.readers.numberOf("bob")).toBe(asked[1]);
  });

  describe("the sessions of browsers", () => {
    const session = (id: string, more: Partial<StoredSession> = {}): StoredSession => ({
      ...{ id, issuer: "https://id.example", subject: "alice", name: "Alice" },
      ...{ expiresAt: 1_000, endsAt: 9_000, refreshToken: "sealed" },
      ...more,
    });
    const claim = { id: "a", expiresAt: 1_000, lastsMs: 60_000 };
    /** Lets all claims pass. */
    const expire = () => world.byHand("update sessions set refreshing_until = 0");

    it("are found by their ids until they are ended", async () => {
      await store.sessions.create(session("a"), 0);
      await store.sessions.create(session("b", { subject: "bob" }), 0);
      expect(await store.sessions.find(["a", "none"])).toEqual([session("a")]);
      await store.sessions.end("a");
      expect(await store.sessions.find(["a", "b"])).toEqual([session("b", { subject: "bob" })]);
    });

    it("are refreshed by one at a time, and never with a token that was refreshed", async () => {
      await store.sessions.create(session("a"), 0);
      const both = [store.sessions.claim({ ...claim, by: "one" }), store.sessions.claim({ ...claim, by: "two" })];
      expect((await Promise.all(both)).filter(Boolean)).toHaveLength(1);
      const next = { expiresAt: 5_000, refreshToken: "next" };
      const renewed = [await store.sessions.renew("a", "one", next), await store.sessions.renew("a", "two", next)];
      expect(renewed.filter(Boolean)).toHaveLength(1);
      expect(await store.sessions.find(["a"])).toEqual([session("a", { expiresAt: 5_000, refreshToken: "next" })]);
      expect(await store.sessions.claim({ ...claim, by: "two" })).toBe(false);
    });

    it("can be refreshed by another when one gave up, or took too long", async () => {
      await store.sessions.create(session("a"), 0);
      expect(await store.sessions.claim({ ...claim, by: "one" })).toBe(true);
      await store.sessions.release("a", "one");
      expect(await store.sessions.claim({ ...claim, by: "two" })).toBe(true);
      expect(await store.sessions.claim({ ...claim, by: "three" })).toBe(false);
      await expire();
      expect(await store.sessions.claim({ ...claim, by: "three" })).toBe(true);
    });

    it("are renewed and ended by nobody whose claim another has taken over", async () => {
      await store.sessions.create(session("a"), 0);
      await store.sessions.claim({ ...claim, by: "one" });
      await expire();
      await store.sessions.claim({ ...claim, by: "two" });
      expect(await store.sessions.renew("a", "one", { expiresAt: 5_000, refreshToken: "next" })).toBe(false);
      await store.sessions.endClaimed("a", "one");
      expect(await store.sessions.find(["a"])).toEqual([session("a")]);
      await store.sessions.endClaimed("a", "two");
      expect(await store.sessions.find(["a"])).toEqual([]);
      expect(await store.sessions.renew("a", "two", { expiresAt: 5_000, refreshToken: "next" })).toBe(false);
    });

    it("are kept while they have not ended, the latest 20 of a subject", async () => {
      await store.sessions.create(session("old", { endsAt: 500 }), 0);
      await store.sessions.create(session("of bob", { subject: "bob" }), 500);
      const ids = range(1, 21).map(String);
      for (const id of ids) await store.sessions.create(session(id, { endsAt: 1_000 + Number(id) }), 500);
      const found = await store.sessions.find(["old", "of bob", ...ids]);
      expect(found.map(({ id }) => id).sort()).toEqual(["of bob", ...ids.slice(1)].sort());
    });
  });

  it("says that it can write, and holds nothing for followers that have left", async () => {
    await expect(store.check()).resolves.toBeUndefined();
    expect(store.pendingWrites).toEqual({ count: 0, lagMs: 0 });
    expect(store.unreadEvents).toEqual({ count: 0, lagMs: 0 });
    const left = new AbortController();
    await store.greetings.follow({}, left.signal)[Symbol.asyncIterator]().next();
    expect(store.held()).toMatchObject({ followers: 1 });
    left.abort();
    expect(store.held()).toEqual({ followers: 0, followedKeys: 0, followedReaders: 0 });
  });
});
