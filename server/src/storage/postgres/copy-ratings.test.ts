import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { readLikeChanges, readLikes, readOwnRatings } from "../sqlite/library-likes.ts";
import type { Store } from "../store.ts";
import { createPostgresWorld, type PostgresWorld } from "../testing/postgres-world.ts";
import { Connection } from "./connection.ts";
import { RatingsCopy } from "./copy-ratings.ts";
import { noPostgres, usePostgres } from "./testing/use-postgres.ts";

const postgres = usePostgres();

describe.skipIf(noPostgres !== undefined)(`a copy of ratings${noPostgres ? `: ${noPostgres}` : ""}`, () => {
  vi.setConfig({ testTimeout: 60_000 });

  let world: PostgresWorld;
  let store: Store;
  let folder: string;
  let reader: Connection;
  let copy: RatingsCopy;

  beforeEach(async () => {
    world = await createPostgresWorld(postgres);
    store = await world.open();
    folder = await mkdtemp(join(tmpdir(), "triptych-"));
    reader = await new Connection({ url: world.url, purpose: "test" }).open();
    copy = new RatingsCopy({ reader, folder, reportUnreadable: () => undefined });
  });

  afterEach(async () => {
    await copy.close();
    await reader.close();
    await world.close();
    await rm(folder, { recursive: true });
  });

  const rate = (userId: number, bookId: number, stars: number | undefined) =>
    store.ratings.change({ userId, bookId, stars });

  it("has what readers think now, and which likes changed, as those read it who read a store in a folder", async () => {
    await Promise.all([rate(1, 7, 5), rate(1, 8, 2), rate(2, 7, 4)]);
    await copy.refresh();
    expect(readLikes(folder)).toMatchObject({ sequence: 3 });
    await Promise.all([rate(1, 7, undefined), rate(3, 9, 5)]);
    await Promise.all([copy.refresh(), copy.refresh()]);
    const { readers, books, sequence } = readLikes(folder);
    expect(Array.from(readers, (user, index) => [user, books[index]])).toEqual([
      [2, 7],
      [3, 9],
    ]);
    expect(sequence).toBe(5);
    expect(readOwnRatings(folder).get(1)).toEqual(
      new Map([
        [7, 0],
        [8, 2],
      ]),
    );
    expect(readLikeChanges(folder, 3)).toEqual([
      { sequence: 4, reader: 1, book: 7, liked: false },
      { sequence: 5, reader: 3, book: 9, liked: true },
    ]);
  });

  it("is made anew for another log, and in the place of a file that is none", async () => {
    await writeFile(join(folder, "triptych.sqlite"), "no database ".repeat(1_000));
    await rate(1, 7, 5);
    await copy.refresh();
    expect(readLikes(folder)).toMatchObject({ sequence: 1 });
    await world.byHand("update log set id = 'another'; delete from events; update topics set last = 0, oldest = 0");
    await copy.refresh();
    expect(readLikes(folder)).toMatchObject({ sequence: 0 });
  });
});
