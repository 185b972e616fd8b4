import { fileURLToPath } from "node:url";
import { type CuttingProxy, openCuttingProxy } from "@triptych/testkit/postgres/cutting-proxy.ts";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { InvalidInput, LogReplaced, StoreBusy, StoreOutcomeUnknown, StoreTrouble } from "../../domain/errors.ts";
import type { EventFeed, FeedStart, FeedUpdate } from "../../domain/feed.ts";
import type { GreetingMade } from "../../services/greeter/domain/greeting-made.ts";
import type { OrderDraft } from "../../services/order/domain/order.ts";
import { signalOfTest } from "../../testing/signal-of-test.ts";
import { greetingsTopic } from "../greetings-topic.ts";
import { LaterVersion } from "../migrate.ts";
import type { Store } from "../store.ts";
import { createPostgresWorld, type PostgresWorld } from "../testing/postgres-world.ts";
import { storeOptions } from "../testing/store-world.ts";
import { openPostgresStore } from "./store.ts";
import { noPostgres, usePostgres } from "./testing/use-postgres.ts";
import { DatabaseUnusable } from "./unusable.ts";

const postgres = usePostgres();
const program = fileURLToPath(new URL("testing/write-greetings.ts", import.meta.url));

const greeting = (name: string): GreetingMade => ({
  name,
  language: "en",
  message: "Hello",
  protocol: "grpc",
  method: "SayHello",
});
const draft = (idempotencyKey?: string): OrderDraft => ({
  items: [{ bookId: 1, quantity: 1, title: "Dune" }],
  phone: "1",
  attributes: {},
  price: "",
  idempotencyKey,
});
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** On a busy machine it takes a while until a lost connection is back. */
const soon = { timeout: 20_000 };

function following(feed: Pick<EventFeed<GreetingMade>, "follow">, start: FeedStart) {
  const updates = feed.follow(start, signalOfTest())[Symbol.asyncIterator]();
  const next = async (): Promise<FeedUpdate<GreetingMade>> => (await updates.next()).value;
  const take = async (count: number) => {
    const taken: (readonly [number, string])[] = [];
    while (taken.length < count) {
      const update = await next();
      if (update.kind === "event") taken.push([update.sequence, update.event.name]);
    }
    return taken;
  };
  return { next, take };
}

describe.skipIf(noPostgres !== undefined)(`several servers on Postgres${noPostgres ? `: ${noPostgres}` : ""}`, () => {
  vi.setConfig({ testTimeout: 60_000 });

  let world: PostgresWorld;
  let proxy: CuttingProxy;
  let here: Store;
  let there: Store;

  beforeEach(async () => {
    world = await createPostgresWorld(postgres);
    proxy = await openCuttingProxy(postgres.server.folder);
    here = await world.open();
    there = await openPostgresStore({ url: proxy.through(world.url), wakeUp: "listen", ...storeOptions() });
  });

  afterEach(async () => {
    proxy.onSent = undefined;
    proxy.cut(false);
    await there.close();
    await proxy.close();
    await world.close();
  });

  /** Writes until it succeeds again. */
  async function whenBack<T>(write: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (!(error instanceof StoreTrouble)) throw error;
      }
    }
  }

  it("number what they write in processes of their own without gaps, each in its order, and a third sees all of it", async () => {
    const follower = following(here.greetings, {});
    await follower.next();
    const writers = ["a", "b", "c"].map((writer) => runCommand(process.execPath, [program, world.url, writer, "1000"]));
    const seen = await follower.take(3_000);
    const told = (await Promise.all(writers)).flatMap(({ stdout, stderr }) => {
      expect(stderr).toBe("");
      return stdout.trim().split("\n");
    });
    expect(seen.map(([sequence]) => sequence)).toEqual(range(1, 3_000));
    expect(seen.map(([sequence, name]) => `${sequence} ${name}`).sort()).toEqual(told.sort());
  });

  it("show each other's events at once, and resume where the other was", async () => {
    const follower = following(there.greetings, {});
    await follower.next();
    await here.greetings.append(greeting("one"));
    expect(await follower.take(1)).toEqual([[1, "one"]]);
    const { sequence } = await there.greetings.append(greeting("two"));
    const resumed = following(here.greetings, { afterSequence: sequence });
    expect(await resumed.next()).toMatchObject({ kind: "position", sequence: 2 });
    await expect(following(here.greetings, { afterSequence: 3 }).next()).rejects.toThrow(InvalidInput);
  });

  it("take one order a key, however it races", async () => {
    const results = await Promise.all(
      range(1, 40).map((number) => (number % 2 ? here : there).orders.create(draft(`key ${number % 4}`))),
    );
    expect(results.filter(({ created }) => created)).toHaveLength(4);
    expect((await here.orders.list({ limit: 100 })).orders).toHaveLength(4);
  });

  it("wake the followers of a reader for a rating at another, and show it", async () => {
    const updates = here.ratings.followReader(7, signalOfTest())[Symbol.asyncIterator]();
    await updates.next();
    await here.ratings.ofReader(7);
    await there.ratings.change({ userId: 7, bookId: 3, stars: 5 });
    expect((await updates.next()).value).toMatchObject({ kind: "changed", bookId: 3 });
    expect(await here.ratings.ofReader(7)).toMatchObject([{ bookId: 3, stars: 5 }]);
  });

  it.each(["cut before", "cut after"] as const)(
    "store each order whole or not at all where every connection is %s a statement, and never a second one",
    async (where) => {
      const failures: unknown[] = [];
      for (let statement = 0; statement < 6; statement++) {
        let sent = 0;
        proxy.onSent = () => (sent++ === statement ? where : undefined);
        const written = await Promise.allSettled(range(1, 3).map(() => there.orders.create(draft(`key ${statement}`))));
        for (const result of written) if (result.status === "rejected") failures.push(result.reason);
        proxy.onSent = undefined;
        const again = await whenBack(() => there.orders.create(draft(`key ${statement}`)));
        expect((await here.orders.get(again.order.id))?.id).toBe(again.order.id);
      }
      expect(failures.every((error) => error instanceof StoreOutcomeUnknown || error instanceof StoreBusy)).toBe(true);
      expect(failures.length).toBeGreaterThan(0);
      expect((await here.orders.list({ limit: 100 })).orders).toHaveLength(6);
    },
  );

  it("say that they are not ready while the database cannot be reached, and go on by themselves after it", async () => {
    const follower = following(there.greetings, {});
    await follower.next();
    proxy.cut(true);
    await expect.poll(() => there.check().catch((error: unknown) => error), soon).toBeInstanceOf(StoreBusy);
    await here.greetings.append(greeting("meanwhile"));
    proxy.cut(false);
    expect(await follower.take(1)).toEqual([[1, "meanwhile"]]);
    await expect.poll(() => there.check().then(() => "ready", String), soon).toBe("ready");
    expect(await whenBack(() => there.greetings.append(greeting("after")))).toMatchObject({ sequence: 2 });
  });

  it("lose nothing when what listens is killed again and again", async () => {
    const follower = following(there.greetings, {});
    await follower.next();
    for (const number of range(1, 10)) {
      await postgres.run(
        world.url,
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'triptych listener'",
      );
      await Promise.all(range(1, 20).map((index) => here.greetings.append(greeting(`${number} ${index}`))));
    }
    expect((await follower.take(200)).map(([sequence]) => sequence)).toEqual(range(1, 200));
  });

  it("say of how many events they were told that they have not read, and for how long", async () => {
    const holder = new Client({ connectionString: world.url });
    await holder.connect();
    await holder.query("begin; lock table events in access exclusive mode");
    const bounds = `3 1 ${greetingsTopic.name}`;
    await postgres.run(world.url, `select pg_notify('triptych.' || current_schema(), '${bounds}')`);
    await expect.poll(() => there.unreadEvents.count, soon).toBe(3);
    expect(there.unreadEvents.lagMs).toBeGreaterThan(0);
    await holder.query("commit");
    await holder.end();
    // There are none: what was notified was not so.
    await expect.poll(() => there.unreadEvents, soon).toEqual({ count: 0, lagMs: 0 });
  });

  it("keep what was acknowledged when Postgres crashes under load, and leave no gap", async () => {
    const follower = following(there.greetings, {});
    await follower.next();
    const acknowledged: number[] = [];
    let stop = false;
    const write = async (store: Store) => {
      while (!stop) {
        const result = await store.greetings.append(greeting("x")).catch((error: unknown) => error);
        if (result instanceof Error) expect(result).toBeInstanceOf(StoreTrouble);
        else acknowledged.push((result as { sequence: number }).sequence);
      }
    };
    const writers = range(1, 10).map((index) => write(index % 2 ? here : there));
    for (let crash = 0; crash < 2; crash++) {
      const before = acknowledged.length;
      await expect.poll(() => acknowledged.length, soon).toBeGreaterThan(before + 200);
      await postgres.server.crash();
      await postgres.server.start();
    }
    const before = acknowledged.length;
    await expect.poll(() => acknowledged.length, soon).toBeGreaterThan(before);
    stop = true;
    await Promise.all(writers);
    const { sequence: last } = await whenBack(() => here.greetings.append(greeting("last")));
    expect((await follower.take(last)).map(([sequence]) => sequence)).toEqual(range(1, last));
    expect(new Set(acknowledged).size).toBe(acknowledged.length);
    expect(acknowledged.every((sequence) => sequence < last)).toBe(true);
  });

  it("tell who follows that another history has taken the place of the log, and reject positions of the first", async () => {
    await here.greetings.append(greeting("one"));
    const follower = following(there.greetings, { afterSequence: 0 });
    const position = await follower.next();
    await follower.take(1);
    const reader = there.ratings.followReader(7, signalOfTest())[Symbol.asyncIterator]();
    await reader.next();
    const readerTold = expect(reader.next()).rejects.toThrow(LogReplaced);
    // As after a dump that was restored: the table is another one.
    await world.byHand("alter table log rename to old; create table log as select * from old");
    await expect(follower.next()).rejects.toThrow(LogReplaced);
    await readerTold;
    const logId = position.kind === "position" ? position.logId : "";
    const resume = async () => await following(there.greetings, { afterSequence: 1, logId }).next();
    await expect(resume()).rejects.toThrow("log_id must be");
    expect(await following(there.greetings, { afterSequence: 0 }).take(1)).toEqual([[1, "one"]]);
  });

  it("tell so also who reads what the history in its place does not have", async () => {
    await here.greetings.append(greeting("one"));
    const late = await world.open();
    const follower = following(late.greetings, { afterSequence: 0 });
    await follower.next();
    await world.byHand(`alter table log rename to old; create table log as select * from old;
      delete from events; update topics set last = 0, oldest = 0`);
    await expect(follower.next()).rejects.toThrow(LogReplaced);
  });

  it("forget what readers did, and the trends, that are too old to decide anything", async () => {
    const day = 24 * 60 * 60 * 1_000;
    let time = 0;
    const store = await world.open({ now: () => new Date(time) });
    const open = (bookId: number) => store.readerEvents.record([{ userId: 7, bookId, kind: "opened" }]);
    const kept = async (table: string) =>
      (await postgres.run(world.url, `select book_id from ${table} order by book_id`)).map(({ book_id }) =>
        Number(book_id),
      );
    await open(1);
    time = day + 1;
    await open(2);
    expect([await kept("reader_events"), await kept("book_trends")]).toEqual([[2], [1, 2]]);
    time = 366 * day;
    await open(3);
    expect([await kept("reader_events"), await kept("book_trends")]).toEqual([[3], [3]]);
  });

  it("show each other's events by polling on an engine that has no NOTIFY", async () => {
    const url = await postgres.newSchema();
    await postgres.run(
      url,
      `create function pg_notify(text, text) returns void language plpgsql as
        $$ begin raise feature_not_supported using message = 'NOTIFY is not supported'; end $$`,
    );
    // Otherwise the functions of Postgres itself come first.
    const without = url.replace(/search_path%3D(\w+)/, "search_path%3D$1,pg_catalog");
    const open = () => openPostgresStore({ url: without, wakeUp: "poll", ...storeOptions() });
    const [writer, reader] = [await open(), await open()];
    const follower = following(reader.greetings, {});
    await follower.next();
    await writer.greetings.append(greeting("one"));
    expect(await follower.take(1)).toEqual([[1, "one"]]);
    await Promise.all([writer.close(), reader.close()]);
  });

  describe("do not start", () => {
    const open = (url: string, wakeUp: "listen" | "poll" = "listen") =>
      openPostgresStore({ url, wakeUp, ...storeOptions() });

    it("where notifications are dropped, unless they poll", async () => {
      proxy.dropsNotifications = true;
      await expect(open(proxy.through(world.url))).rejects.toThrow("a pooler is in between that drops them");
      const polling = await open(proxy.through(world.url), "poll");
      const follower = following(polling.greetings, {});
      await follower.next();
      await here.greetings.append(greeting("one"));
      expect(await follower.take(1)).toEqual([[1, "one"]]);
      await polling.close();
    });

    it("on a database of a later version", async () => {
      await world.byHand("insert into kysely_migration values ('0099-later', '')");
      await expect(open(world.url)).rejects.toThrow(LaterVersion);
    });

    it("without the rights for it", async () => {
      await world.byHand(`create role guest login;
        do $$ begin execute format('grant usage on schema %I to guest', current_schema()); end $$`);
      await expect(open(world.url.replace("postgres@", "guest@"))).rejects.toThrow(/lacks rights/);
      await world.byHand("drop owned by guest; drop role guest");
    });

    it.each([
      ["nothing listens", (url: string) => url.replace("host=", "host=%2Fnowhere"), /cannot be reached/],
      ["there is no such database", (url: string) => url.replace("/postgres?", "/nothing?"), /is not there/],
    ])("where %s", async (_, change, message) => {
      const failure = await open(change(world.url)).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DatabaseUnusable);
      expect(String(failure)).toMatch(message);
    });
  });
});
