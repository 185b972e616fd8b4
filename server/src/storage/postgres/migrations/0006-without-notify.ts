import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Has engines that speak Postgres but have no NOTIFY store events without it; servers then have to poll. Asked once, so that no batch pays for it. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(WITHOUT_NOTIFY).execute(db);
  },
};

const WITHOUT_NOTIFY = `
  do $$ begin
    perform pg_notify('triptych.probe', '');
  exception when undefined_function or feature_not_supported then
    create or replace function triptych_notify(p_topic text, p_last bigint, p_oldest bigint) returns void
      language plpgsql as 'begin end';
  end $$;
`;
