import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { StoreBusy, StoreFailed, type StoreTrouble } from "../../domain/errors.ts";
import { currentSpan, runWithSpan, type Span } from "../../domain/span.ts";
import type { StoredGroup } from "../write-observer.ts";
import { CommitQueue, type CommitQueueOptions } from "./commit-queue.ts";
import { type Database, openDatabase } from "./database.ts";

let directory: string;
let database: Database;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
  database = await openDatabase(directory);
});

afterEach(async () => {
  await database.close();
  await rm(directory, { recursive: true });
});

const rate = (bookId: number, effects: number[] = []) =>
  database.write(async ({ transaction, afterCommit }) => {
    await transaction.insertInto("ratings").values({ user_id: 1, book_id: bookId, stars: 5, time: 0 }).execute();
    afterCommit(() => effects.push(bookId));
    return bookId;
  });

const storedBooks = async () =>
  (await database.kysely.selectFrom("ratings").select("book_id").execute()).map((row) => row.book_id);

function createQueue(options: Partial<CommitQueueOptions>): CommitQueue {
  return new CommitQueue({
    kysely: database.kysely,
    sync: async () => undefined,
    checkpoint: () => undefined,
    onTrouble: () => undefined,
    ...options,
  });
}

describe("the commit queue", () => {
  it("gives each job's caller what the job returned", async () => {
    expect(await Promise.all([rate(1), rate(2), rate(3)])).toEqual([1, 2, 3]);
  });

  it("keeps the jobs of a burst whose neighbour fails", async () => {
    const results = await Promise.allSettled([rate(1), rate(2), rate(1), rate(3)]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
    expect(await storedBooks()).toEqual([1, 2, 3]);
  });

  it("has the effects of committed jobs happen once, in order, and of failed ones never", async () => {
    const effects: number[] = [];
    await Promise.allSettled([rate(2, effects), rate(1, effects), rate(2, effects), rate(3, effects)]);
    expect(effects).toEqual([2, 1, 3]);
  });

  it("stores nothing of a job that fails", async () => {
    const failing = database.write(async ({ transaction }) => {
      await transaction.insertInto("ratings").values({ user_id: 1, book_id: 9, stars: 5, time: 0 }).execute();
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await storedBooks()).toEqual([]);
  });

  it("is not idle before what a settled write begins is stored", async () => {
    const queue = createQueue({});
    const both = queue.write(() => 1).then(() => queue.write(() => 2));
    await queue.idle();
    expect(queue.pending.count).toBe(0);
    expect(await both).toBe(2);
  });

  it("runs a job outside the span of the one that it shares a transaction with", async () => {
    const queue = createQueue({});
    const parent: Span = {
      context: { traceId: "0".repeat(32), spanId: "1".repeat(16) },
      child: () => parent,
      event: () => undefined,
      link: () => undefined,
      describe: () => undefined,
      end: () => undefined,
    };
    const spans = await Promise.all([
      runWithSpan(parent, () => queue.write(() => currentSpan())),
      queue.write(() => currentSpan()),
    ]);
    expect(spans).toEqual([parent, undefined]);
  });

  it("tells nobody of a job before it is on the disk, and has no effect of it happen", async () => {
    const [asked, synced] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const queue = createQueue({
      sync() {
        asked.resolve();
        return synced.promise;
      },
    });
    const told: string[] = [];
    const write = queue
      .write(({ afterCommit }) => afterCommit(() => told.push("effect")))
      .then(() => told.push("caller"));
    await asked.promise;
    expect(told).toEqual([]);
    synced.resolve();
    await write;
    expect(told).toEqual(["effect", "caller"]);
  });

  it("leaves to the next transaction what one that takes long has not begun with", async () => {
    let time = 0;
    const now = vi.spyOn(performance, "now").mockImplementation(() => time);
    const groups: number[] = [];
    const queue = createQueue({
      observer: { stored: ({ queuedAt }) => groups.push(queuedAt.length), synced: () => undefined },
    });
    const ran: number[] = [];
    const writes = [1, 2, 3, 4, 5].map((value) =>
      queue.write(() => {
        ran.push(value);
        // Of 20 ms, from which on a transaction takes no more.
        time += 15;
        return value;
      }),
    );
    expect(await Promise.all(writes)).toEqual([1, 2, 3, 4, 5]);
    now.mockRestore();
    expect(ran).toEqual([1, 2, 3, 4, 5]);
    expect(groups).toEqual([2, 2, 1]);
  });

  describe("while a sync runs", () => {
    let syncs: PromiseWithResolvers<void>[];
    let queue: CommitQueue;
    const nextSync = (count: number) => vi.waitFor(() => expect(syncs).toHaveLength(count));

    beforeEach(() => {
      syncs = [];
      queue = createQueue({
        sync() {
          const sync = Promise.withResolvers<void>();
          syncs.push(sync);
          return sync.promise;
        },
      });
    });

    it("commits what comes, and has the next sync serve all of it", async () => {
      const order: string[] = [];
      const write = (name: string) =>
        queue.write(({ afterCommit }) => {
          order.push(`ran ${name}`);
          afterCommit(() => order.push(`showed ${name}`));
        });
      const first = write("first");
      await nextSync(1);
      const second = write("second");
      await vi.waitFor(() => expect(order).toContain("ran second"));
      const third = write("third");
      await vi.waitFor(() => expect(order).toContain("ran third"));
      syncs[0]?.resolve();
      await first;
      await nextSync(2);
      expect(order).toEqual(["ran first", "ran second", "ran third", "showed first"]);
      syncs[1]?.resolve();
      await Promise.all([second, third]);
      expect(order.slice(4)).toEqual(["showed second", "showed third"]);
      expect(syncs).toHaveLength(2);
    });

    it("takes back nothing of what it shows when a later sync fails", async () => {
      const effects: string[] = [];
      const write = (name: string) => queue.write(({ afterCommit }) => afterCommit(() => effects.push(name)));
      const first = write("first");
      await nextSync(1);
      const second = write("second");
      syncs[0]?.resolve();
      await first;
      await nextSync(2);
      const third = write("third");
      syncs[1]?.reject(new Error("EIO: i/o error, fdatasync"));
      await expect(second).rejects.toThrow(StoreFailed);
      await expect(third).rejects.toThrow(StoreFailed);
      expect(effects).toEqual(["first"]);
      expect(syncs).toHaveLength(2);
    });

    it("waits for it before it is idle", async () => {
      let idle = false;
      const write = queue.write(() => 1);
      await nextSync(1);
      const waiting = queue.idle().then(() => {
        idle = true;
      });
      await new Promise((resolve) => setImmediate(resolve));
      expect(idle).toBe(false);
      syncs[0]?.resolve();
      await waiting;
      expect(await write).toBe(1);
    });
  });

  it("tells the callers of a group that the disk has failed, and takes nothing more", async () => {
    const cause = new Error("EIO: i/o error, fdatasync");
    const disk = { sync: () => Promise.reject(cause) as Promise<void> };
    const [troubles, effects]: [StoreTrouble[], string[]] = [[], []];
    const queue = createQueue({ sync: () => disk.sync(), onTrouble: (trouble) => troubles.push(trouble) });
    const [first, second] = [
      queue.write(({ afterCommit }) => afterCommit(() => effects.push("shown"))),
      queue.write(() => 2),
    ];
    for (const write of [first, second]) await expect(write).rejects.toThrow(StoreFailed);
    expect(troubles).toEqual([expect.objectContaining({ name: "StoreFailed", cause })]);
    disk.sync = () => Promise.resolve();
    await expect(queue.write(() => 3)).rejects.toThrow(StoreFailed);
    expect(() => queue.requireMoving()).toThrow(StoreFailed);
    expect(effects).toEqual([]);
  });

  it("says that it is stuck while a sync takes long, and goes on when it has ended", async () => {
    const synced = Promise.withResolvers<void>();
    const queue = createQueue({ sync: () => synced.promise });
    const write = queue.write(() => 1);
    await vi.waitFor(() => expect(() => queue.requireMoving()).toThrow(StoreBusy), { timeout: 10_000, interval: 50 });
    synced.resolve();
    expect(await write).toBe(1);
    expect(() => queue.requireMoving()).not.toThrow();
  });

  it("gives a write the whole time to wait for a lock again once one has been stored", async () => {
    const now = vi.spyOn(performance, "now");
    const locked = Object.assign(new Error("database is locked"), { errcode: 5 });
    let outcomes: (() => void)[] = [];
    // What a queue asks of Kysely.
    const execute = async (run: (transaction: undefined) => unknown) => {
      outcomes.shift()?.();
      return run(undefined);
    };
    const kysely = { transaction: () => ({ execute }) } as unknown as CommitQueueOptions["kysely"];
    const queue = createQueue({ kysely });
    const fails = (at: number) => () => {
      now.mockReturnValue(at);
      throw locked;
    };
    now.mockReturnValue(0);
    outcomes = [fails(6_000)];
    await expect(queue.write(() => 1)).rejects.toThrow(StoreBusy);
    await queue.write(() => 2);
    now.mockReturnValue(100_000);
    outcomes = [fails(100_001)];
    await queue.write(() => 3);
    expect(outcomes).toEqual([]);
    now.mockRestore();
  });

  it("goes on after a checkpoint that had no room, whose writes are safe in the log", async () => {
    const troubles: StoreTrouble[] = [];
    const full = Object.assign(new Error("database or disk is full"), { errcode: 13 });
    const queue = createQueue({
      checkpoint() {
        throw full;
      },
      onTrouble: (trouble) => troubles.push(trouble),
    });
    expect(await queue.write(() => 1)).toBe(1);
    expect(await queue.write(() => 2)).toBe(2);
    expect(troubles[0]).toMatchObject({ name: "StoreFull", cause: full });
  });

  it("takes nothing more after a checkpoint whose sync has failed", async () => {
    const queue = createQueue({
      checkpoint() {
        throw Object.assign(new Error("disk I/O error"), { errcode: 1_034 });
      },
    });
    expect(await queue.write(() => 1)).toBe(1);
    await expect(queue.write(() => 2)).rejects.toThrow(StoreFailed);
  });

  it("finishes what is waiting before it closes", async () => {
    const write = rate(7);
    await database.close();
    await expect(write).resolves.toBe(7);
    database = await openDatabase(directory);
    expect(await storedBooks()).toEqual([7]);
  });
});

describe("the writes that are not durable yet", () => {
  it("are counted from when they are asked for until the disk has them", async () => {
    const disk = Promise.withResolvers<void>();
    const queue = createQueue({ sync: () => disk.promise });
    expect(queue.pending).toEqual({ count: 0, lagMs: 0 });
    const writes = [1, 2].map((value) => queue.write(() => value));
    expect(queue.pending).toMatchObject({ count: 2, lagMs: expect.any(Number) });
    await expect.poll(() => queue.pending.lagMs).toBeGreaterThan(0);
    expect(queue.pending.count).toBe(2);
    disk.resolve();
    await Promise.all(writes);
    expect(queue.pending).toEqual({ count: 0, lagMs: 0 });
  });

  it("are reported once they are durable, with when each step of theirs began", async () => {
    const stored: StoredGroup[] = [];
    const synced: number[] = [];
    const observer = { stored: (group: StoredGroup) => stored.push(group), synced: (ms: number) => synced.push(ms) };
    const queue = createQueue({ observer });
    await Promise.all([1, 2, 3].map((value) => queue.write(() => value)));
    expect(stored.map(({ queuedAt }) => queuedAt.length)).toEqual([3]);
    expect(synced).toHaveLength(1);
    const [
      { queuedAt: [first = 0] = [], startedAt, committedAt, syncedAt } = { startedAt: 0, committedAt: 0, syncedAt: 0 },
    ] = stored;
    expect([first, startedAt, committedAt, syncedAt].toSorted((a, b) => a - b)).toEqual([
      first,
      startedAt,
      committedAt,
      syncedAt,
    ]);
  });

  it("are not reported when they fail", async () => {
    const stored: StoredGroup[] = [];
    const queue = createQueue({ observer: { stored: (group) => stored.push(group), synced: () => undefined } });
    await expect(queue.write(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(stored).toEqual([]);
    expect(queue.pending.count).toBe(0);
  });
});
