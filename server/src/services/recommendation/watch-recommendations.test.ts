import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  WatchRecommendationsRequestSchema,
  WatchRecommendationsResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { describe, expect, it } from "vitest";
import { createTestServing, notTrained } from "./testing/built-in-serving.ts";
import { createInMemoryRatingStore } from "./testing/in-memory-rating-store.ts";
import { watchRecommendations } from "./watch-recommendations.ts";

type Response = MessageInitShape<typeof WatchRecommendationsResponseSchema>;

const foundation = 30;
const neuromancer = 32;
const ariel = 328;

function setUp({ onShown = (_bookIds: readonly number[]) => {} } = {}) {
  const store = createInMemoryRatingStore({ clock: () => new Date(0) });
  const serving = createTestServing();
  const leave = new AbortController();
  const comparison = { shown: (_user: number, _ranking: unknown, bookIds: readonly number[]) => onShown(bookIds) };
  const sources = { ratings: store, serving, comparison };
  const watch = (request: MessageInitShape<typeof WatchRecommendationsRequestSchema> = {}) =>
    watchRecommendations(
      sources,
      create(WatchRecommendationsRequestSchema, { userId: 7, maxResults: 2, ...request }),
      leave.signal,
    );
  const rate = (bookId: number, stars: number | undefined, userId = 7) => store.change({ userId, bookId, stars });
  return { store, serving, leave, watch, rate };
}

async function nextOf(stream: AsyncIterator<Response>): Promise<string> {
  const { update } = create(WatchRecommendationsResponseSchema, (await stream.next()).value);
  if (update.case !== "list") return `${update.case} ${update.value?.sequence} from ${update.value?.oldestSequence}`;
  const { sequence, changedBookId, recommendations } = update.value;
  const titles = recommendations.map(({ book }) => book?.title).join(", ");
  return `list ${sequence} by ${changedBookId}: ${titles}`;
}

const popular = "Pride and Prejudice, The Lord of the Rings";

describe("watchRecommendations", () => {
  it("begins with the list as it is", async () => {
    const { watch, rate } = setUp();
    expect(await nextOf(watch())).toBe(`list 0 by undefined: ${popular}`);
    await rate(foundation, 5);
    expect(await nextOf(watch())).toMatch(/^list 1 by undefined: I, Robot, /);
  });

  it("brings a new list when the reader rates a book, and when that is withdrawn", async () => {
    const { watch, rate } = setUp();
    const stream = watch();
    await nextOf(stream);
    const rated = nextOf(stream);
    await rate(foundation, 5);
    expect(await rated).toMatch(/^list 1 by 30: I, Robot, /);
    const withdrawn = nextOf(stream);
    await rate(foundation, undefined);
    expect(await withdrawn).toBe(`list 2 by 30: ${popular}`);
  });

  it("is not woken by other readers", async () => {
    const { watch, rate } = setUp();
    const stream = watch();
    await nextOf(stream);
    const next = nextOf(stream);
    await rate(foundation, 5, 8);
    await rate(neuromancer, 5);
    expect(await next).toMatch(/^list 2 by 32: /);
  });

  it("gives a slow client the newest list only", async () => {
    const { watch, rate } = setUp();
    const stream = watch();
    await nextOf(stream);
    for (const bookId of [foundation, neuromancer, ariel]) await rate(bookId, 5);
    expect(await nextOf(stream)).toMatch(/^list 3 by 328: /);
    const next = nextOf(stream);
    await rate(ariel, undefined);
    expect(await next).toMatch(/^list 4 by 328: /);
  });

  it("answers even a rating that leaves the list as it was, so that its sequence is seen", async () => {
    const { watch, rate } = setUp();
    const stream = watch();
    await nextOf(stream);
    const next = nextOf(stream);
    await rate(ariel, undefined);
    expect(await next).toBe(`list 1 by 328: ${popular}`);
  });

  it("forwards the heartbeat of a quiet stream", async () => {
    const { store, watch, rate } = setUp();
    await rate(foundation, 5, 8);
    const stream = watch();
    await nextOf(stream);
    const next = nextOf(stream);
    store.heartbeat();
    expect(await next).toBe("position 1 from 1");
  });

  it("brings a new list at once when another model is served, and a position where that leaves the list as it was", async () => {
    const { store, serving, watch, rate } = setUp();
    await rate(foundation, 5);
    const stream = watch({ maxResults: 1 });
    expect(await nextOf(stream)).toBe("list 1 by undefined: I, Robot");
    const same = nextOf(stream);
    serving.current = { ...serving.current, modelVersion: 2 };
    store.refresh();
    expect(await same).toBe("position 1 from 1");
    const changed = nextOf(stream);
    serving.current = notTrained;
    store.refresh();
    expect(await changed).toBe("list 1 by undefined: Pride and Prejudice");
  });

  it("notes for the comparison what it sends, and nothing where a list stays as it was", async () => {
    const noted: (readonly number[])[] = [];
    const { store, serving, watch, rate } = setUp({ onShown: (bookIds) => noted.push(bookIds) });
    const stream = watch({ maxResults: 1, diverse: true, compare: true });
    expect(await nextOf(stream)).toBe("list 0 by undefined: Pride and Prejudice");
    expect(noted).toHaveLength(1);
    const same = nextOf(stream);
    serving.current = { ...serving.current, modelVersion: 2 };
    store.refresh();
    expect(await same).toBe("position 0 from 0");
    expect(noted).toHaveLength(1);
    const rated = nextOf(stream);
    await rate(foundation, 5);
    expect(await rated).toBe("list 1 by 30: I, Robot");
    expect(noted).toHaveLength(2);
  });

  it("keeps to the category and the number of books asked for", async () => {
    const { watch } = setUp();
    const stream = watch({ category: "self-help", maxResults: 1 });
    expect(await nextOf(stream)).toBe("list 0 by undefined: Man's Search for Meaning");
  });

  it("ends, and leaves the store, when the client leaves", async () => {
    const { store, leave, watch } = setUp();
    const stream = watch();
    await nextOf(stream);
    const next = stream.next();
    expect(store.following).toBe(1);
    leave.abort(new Error("the client left"));
    await expect(next).rejects.toThrow("the client left");
    expect(store.following).toBe(0);
  });
});
