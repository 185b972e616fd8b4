import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/**
 * Finds the orders of an owner, whose name is in their text: made of that, so that whatever writes an order has it, also a server of an earlier version, and one that is copied
 * from another store. A text that is no JSON has none.
 */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [OWNER_OF, OWNER, INDEX]) await sql.raw(statement).execute(db);
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

const OWNER = "alter table orders add column owner text generated always as (triptych_owner_of(contents)) stored";

const INDEX = "create index orders_by_owner on orders(owner, number) where owner is not null";
