import { describe, expect, it } from "vitest";
import type { RatingChange, RatingStore } from "./domain/rating-store.ts";
import type { Recommender } from "./domain/recommender.ts";
import { learnRatings } from "./learn-ratings.ts";
import { createInMemoryRatingStore } from "./testing/in-memory-rating-store.ts";

const changeOf = (userId: number, stars: number | undefined): RatingChange => ({ userId, bookId: 1, stars });

/** A recommender that only learns: what of whom, and when it has learned so many changes. */
function createLearner() {
  const known = new Map<number, number | undefined>();
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let learned = 0;
  const recommender: Recommender = {
    revision: 0,
    learn({ userId, stars }) {
      known.set(userId, stars);
      learned++;
      for (const { count, resolve } of waiting) if (learned >= count) resolve();
    },
    recommend: () => {
      throw new Error("unexpected call of recommend");
    },
  };
  const hasLearned = (count: number) =>
    new Promise<void>((resolve) => {
      waiting.push({ count, resolve });
      if (learned >= count) resolve();
    });
  return { recommender, known, hasLearned };
}

function setUp(adapt: (store: RatingStore) => RatingStore = (store) => store) {
  const store = createInMemoryRatingStore({ clock: () => new Date(0) });
  const learner = createLearner();
  const stop = new AbortController();
  const learn = () => learnRatings({ ratings: adapt(store), recommender: learner.recommender }, stop.signal);
  return { store, ...learner, stop, learn };
}

describe("learnRatings", () => {
  it("has learned what was stored when it resolves, and goes on with each change", async () => {
    const { store, known, hasLearned, learn } = setUp();
    await store.change(changeOf(1, 5));
    await store.change(changeOf(2, 2));
    await learn();
    expect([...known]).toEqual([
      [1, 5],
      [2, 2],
    ]);
    await store.change(changeOf(1, undefined));
    await store.change(changeOf(3, 4));
    await hasLearned(4);
    expect([...known]).toEqual([
      [1, undefined],
      [2, 2],
      [3, 4],
    ]);
  });

  it("misses nothing that is stored while it reads", async () => {
    const { known, hasLearned, learn } = setUp((store) => ({
      ...store,
      async *all() {
        yield* store.all();
        await store.change(changeOf(9, 3));
      },
    }));
    await learn();
    await hasLearned(1);
    expect([...known]).toEqual([[9, 3]]);
  });

  it("stops, and leaves the store, when it is told to", async () => {
    const { store, stop, learn } = setUp();
    const { stopped } = await learn();
    stop.abort();
    await expect(stopped).resolves.toBeUndefined();
    expect(store.following).toBe(0);
  });

  it("rejects when the store fails while it reads, and when it fails later", async () => {
    const failed = new Error("disk on fire");
    const failing = setUp((store) => ({ ...store, all: () => failingIterable(failed) }));
    await expect(failing.learn()).rejects.toBe(failed);
    const failingLater = setUp((store) => ({ ...store, changes: { follow: () => failingIterable(failed, position) } }));
    const { stopped } = await failingLater.learn();
    await expect(stopped).rejects.toBe(failed);
  });
});

const position = { kind: "position", sequence: 0, oldestSequence: 0 } as const;

async function* failingIterable<T>(error: Error, ...given: T[]): AsyncGenerator<T> {
  yield* given;
  throw error;
}
