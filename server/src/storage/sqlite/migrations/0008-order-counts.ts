import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** How many orders of each principal are stored; those from before this are not counted. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("order_counts")
      .addColumn("owner", "text", (column) => column.primaryKey())
      .addColumn("orders", "integer", (column) => column.notNull())
      .execute();
  },
};
