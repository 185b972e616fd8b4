import { expect, it } from "vitest";
import type { FeedStart, FeedUpdate } from "../../domain/feed.ts";
import { signalOfTest } from "../../testing/signal-of-test.ts";
import { useDatabase } from "../sqlite/testing/use-database.ts";
import { createHub } from "./hub.ts";
import { openTopicFamily } from "./topic-family.ts";

const used = useDatabase();

const openRooms = () =>
  openTopicFamily(
    { database: used.database, hub: createHub(), heartbeatMs: 2 ** 30, now: () => new Date(0) },
    (room: string) => ({ name: `rooms/${room}`, encode: String, decode: String }),
  );

type Rooms = ReturnType<typeof openRooms>;

/** Follows a room; each call gives the next event, and the first one the position. */
function following(rooms: Rooms, room: string, start: FeedStart, signal = signalOfTest()) {
  const updates = rooms.follow(room, start, signal)[Symbol.asyncIterator]();
  return { next: async () => describeUpdate((await updates.next()).value), leave: () => updates.return?.() };
}

function describeUpdate(update: FeedUpdate<string>): string {
  return update.kind === "event" ? `${update.sequence} ${update.event}` : `at ${update.sequence}`;
}

it("numbers the events of each entity by themselves, and brings them to its followers alone", async () => {
  const rooms = openRooms();
  const attic = following(rooms, "attic", {});
  const cellar = following(rooms, "cellar", {});
  expect(await Promise.all([attic.next(), cellar.next()])).toEqual(["at 0", "at 0"]);
  await rooms.append("attic", "dust");
  await rooms.append("cellar", "wine");
  await rooms.append("attic", "a chest");
  expect([await attic.next(), await attic.next(), await cellar.next()]).toEqual(["1 dust", "2 a chest", "1 wine"]);
});

it("brings what was stored before a feed was closed", async () => {
  const rooms = openRooms();
  await rooms.append("attic", "dust");
  await rooms.append("attic", "a chest");
  expect(rooms.open).toBe(0);
  const attic = following(rooms, "attic", { afterSequence: 1 });
  expect([await attic.next(), await attic.next()]).toEqual(["at 1", "2 a chest"]);
});

it("holds a feed until its last follower has left", async () => {
  const rooms = openRooms();
  const [first, second] = [following(rooms, "attic", {}), following(rooms, "attic", {})];
  await Promise.all([first.next(), second.next()]);
  await first.leave();
  expect(rooms.open).toBe(1);
  await rooms.append("attic", "dust");
  expect(await second.next()).toBe("1 dust");
  await second.leave();
  expect(rooms.open).toBe(0);
});

it("holds no feed for a follower whose signal is aborted while it waits", async () => {
  const rooms = openRooms();
  const left = new AbortController();
  const attic = following(rooms, "attic", {}, left.signal);
  await attic.next();
  const next = attic.next();
  left.abort(new Error("the client left"));
  await expect(next).rejects.toThrow("the client left");
  expect(rooms.open).toBe(0);
});

it("lets a follower leave that waits for an event", async () => {
  const rooms = openRooms();
  const attic = rooms.follow("attic", {}, signalOfTest())[Symbol.asyncIterator]();
  await attic.next();
  const next = attic.next();
  await attic.return?.();
  expect(rooms.open).toBe(0);
  expect(await next).toEqual({ done: true, value: undefined });
});

it("lets a follower leave while its feed is opened", async () => {
  const rooms = openRooms();
  const attic = rooms.follow("attic", {}, signalOfTest())[Symbol.asyncIterator]();
  const next = attic.next();
  await attic.return?.();
  expect(rooms.open).toBe(0);
  expect(await next).toEqual({ done: true, value: undefined });
});

it("opens no feed for a follower that leaves before it asks", async () => {
  const rooms = openRooms();
  const attic = rooms.follow("attic", {}, signalOfTest())[Symbol.asyncIterator]();
  await attic.return?.();
  expect(await attic.next()).toEqual({ done: true, value: undefined });
  expect(rooms.open).toBe(0);
});

it("numbers events that come at once without a gap", async () => {
  const rooms = openRooms();
  const stored = await Promise.all(["a", "b", "c"].map((event) => rooms.append("attic", event)));
  expect(stored.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
});

it("refuses a start that the feed has not reached, and holds nothing for it", async () => {
  const rooms = openRooms();
  await expect(following(rooms, "attic", { afterSequence: 1 }).next()).rejects.toThrow("after_sequence must be 0 to 0");
  expect(rooms.open).toBe(0);
});
