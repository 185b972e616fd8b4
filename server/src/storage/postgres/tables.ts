import type { Generated } from "kysely";
import type { SessionRow } from "../session-rows.ts";

/** The tables as the latest migration leaves them. Times are milliseconds since 1970. */
export interface Tables {
  /** One row a topic of the log: the numbers of its last event and of the oldest that is kept. Locked by each batch that appends, until it is committed. */
  topics: { name: string; last: number; oldest: number };
  /** The append-only log that every live feed reads; the sequence counts per topic, from 1, without gaps. */
  events: { topic: string; sequence: number; time: number; payload: string };
  /** One row an order; `number` is its sequence number in the feed of orders, `contents` the order as JSON, of which `triptych_owner_of` says whose it is. */
  orders: { number: number; id: string; idempotency_key: string | null; contents: string };
  /** What each reader thinks of each book now, as far as it was said in the app; 0 stars are a rating taken back. */
  ratings: { user_id: number; book_id: number; stars: number; time: number };
  /** What each reader did with each book, the last time that it counted. */
  reader_events: { user_id: number; kind: string; book_id: number; time: number };
  /** How much was done with each book, added up as it was worth at that time; by rank the books are in the order of what that is worth at any other. */
  book_trends: { book_id: number; score: number; time: number; rank: Generated<number> };
  /** Files that all servers have a copy of; the version is the SHA-256 of the contents. */
  files: { name: string; version: string; parts: number };
  /** Their contents, in parts counted from 0. */
  file_parts: { name: string; version: string; part: number; bytes: Buffer };
  /** Which reader is which principal. */
  reader_numbers: { user_id: Generated<number>; principal: string };
  /** The sessions of browsers; `id` is a hash of the secret that a browser has, and who has claimed to refresh one has until `refreshing_until`. */
  sessions: SessionRow & { refresher: Generated<string>; refreshing_until: Generated<number> };
  /** How many orders of each principal are stored, since they are counted. */
  order_counts: { owner: string; orders: number };
  /** The id of the log, in one row, and the cluster, timeline and database that it was given in. */
  log: { id: string; place: string };
}
