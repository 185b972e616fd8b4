import type { Generated, GeneratedAlways } from "kysely";
import type { SessionRow } from "../session-rows.ts";

/** The tables as the latest migration leaves them. Times are milliseconds since 1970. */
export interface Tables {
  /** The append-only log that every live feed reads; the sequence counts per topic, from 1, without gaps. */
  events: { topic: string; sequence: number; time: number; payload: string };
  /** One row an order; `number` is its sequence number in the feed of orders, `contents` the order as JSON, `owner` whose it is, as that says. */
  orders: {
    number: number;
    id: string;
    idempotency_key: string | null;
    contents: string;
    owner: GeneratedAlways<string | null>;
  };
  /** How many orders of each principal are stored, since they are counted. */
  order_counts: { owner: string; orders: number };
  /** The id of the log, in one row, and the file that it was given in: where that is another, the history is. */
  log: { id: string; place: string };
  /** What each reader thinks of each book now, as far as it was said in the app; 0 stars are a rating taken back. */
  ratings: { user_id: number; book_id: number; stars: number; time: number };
  /** Which reader is which principal. */
  reader_numbers: { user_id: number; principal: string };
  /** The sessions of browsers; `id` is a hash of the secret that a browser has, and who has claimed to refresh one has until `refreshing_until`. */
  sessions: SessionRow & { refresher: Generated<string>; refreshing_until: Generated<number> };
  /** When each reader last did what with which book, as far as it counted; `kind` is a `ReaderEventKind`. Old rows go: see `reader-event-store.ts`. */
  reader_events: { user_id: number; kind: string; book_id: number; time: number };
  /** What readers did with each book, added up as it was worth at `time`. */
  book_trends: { book_id: number; score: number; time: number };
  /** When each book was last shown to each reader, and what the reader did with it since: 0 or 1. */
  shown_books: { user_id: number; book_id: number; time: number; opened: number; rated: number; ordered: number };
  /** How many books each reader was shown by which ranking, with how many of them the reader did what, and when the last were shown. */
  compared_readers: {
    user_id: number;
    ranking: string;
    shown: number;
    opened: number;
    rated: number;
    ordered: number;
    time: number;
  };
}
