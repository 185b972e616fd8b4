import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Finds the orders of an owner, whose name is in their text: made of that, so that whatever writes an order has it. A text that is no JSON has none. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [OWNER, INDEX]) await sql.raw(statement).execute(db);
  },
};

const OWNER = `alter table orders add column owner text generated always as
  (case when json_valid(contents) then json_extract(contents, '$.owner') end) virtual`;

const INDEX = "create index orders_by_owner on orders(owner, number) where owner is not null";
