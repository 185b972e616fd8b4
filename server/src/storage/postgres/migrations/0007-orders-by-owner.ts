import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Finds the orders of an owner, whose name is in their text: by an index of that, so that whatever writes an order is found, also a server of an earlier version, and one
 * that is copied from another store. No column beside the text: that would rewrite the whole table while nobody may read it. A text that Postgres
 * cannot read as JSON has no owner here, as one with U+0000, which no call can store.
 */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [OWNER_OF, INDEX]) await sql.raw(statement).execute(db);
  },
};

const OWNER_OF = `
  create function triptych_owner_of(p_contents text) returns text language plpgsql immutable strict as $$
  begin
    return p_contents::json ->> 'owner';
  exception when data_exception then
    return null;
  end $$;
`;

const INDEX = `
  create index orders_by_owner on orders(triptych_owner_of(contents), number) where triptych_owner_of(contents) is not null
`;
