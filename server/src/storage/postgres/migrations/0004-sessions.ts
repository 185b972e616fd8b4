import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** The sessions of browsers. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [TABLE, BY_SUBJECT, BY_END]) await sql.raw(statement).execute(db);
  },
};

const TABLE = `
  create table sessions(
    id text primary key, issuer text not null, subject text not null, name text not null,
    expires_at bigint not null, ends_at bigint not null, refresh_token text not null,
    refresher text not null default '', refreshing_until bigint not null default 0
  )
`;
const BY_SUBJECT = "create index sessions_by_subject on sessions(issuer, subject, ends_at)";
const BY_END = "create index sessions_by_end on sessions(ends_at)";
