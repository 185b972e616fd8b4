import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * The files that all servers have a copy of; and what readers did, and what came of it for books, is forgotten where it is so old that it decides nothing,
 * as SQLite's migration 0005 does.
 */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [FILES, INDEXES, FORGET, RECORD_ALL]) await sql.raw(statement).execute(db);
  },
};

const FILES = `
  create table files(name text primary key, version text not null, parts integer not null);
  create table file_parts(
    name text not null, version text not null, part integer not null, bytes bytea not null,
    primary key (name, version, part)
  );
`;

/** The rank of a trend goes by nothing but what was added to it: all lose the same share in the same time. */
const INDEXES = `
  create index reader_events_by_time on reader_events(time);
  create index book_trends_by_time on book_trends(time);
  alter table book_trends add column rank double precision
    generated always as (ln(greatest(score, 1e-300)) / ln(2::float8) + time::float8 / 604800000) stored;
  create index book_trends_by_rank on book_trends(rank desc, book_id);
`;

/** Forgets some events older than a day, which keep none from counting, and some trends older than a year: more than a call stores. */
const FORGET = `
  create function triptych_forget(p_time bigint) returns void language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(hashtext('triptych.trends'), hashtext(current_schema()));
    delete from reader_events where ctid = any(array(
      select ctid from reader_events where time <= p_time - 86400000 order by time limit 128));
    delete from book_trends where ctid = any(array(
      select ctid from book_trends where time < p_time - 31449600000 order by time limit 128));
  end $$;
`;

const RECORD_ALL = `
  create or replace function triptych_record_all(
    p_users bigint[], p_kinds text[], p_books bigint[], p_weights double precision[], p_time bigint
  ) returns bigint language plpgsql as $$
  declare
    counted bigint;
  begin
    select count(*) filter (where triptych_record(e.u, e.k, e.b, e.w, p_time)) into counted
      from unnest(p_users, p_kinds, p_books, p_weights) as e(u, k, b, w);
    perform triptych_forget(p_time);
    return counted;
  end $$;
`;
