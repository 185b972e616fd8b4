import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Which reader is which principal. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("reader_numbers")
      .addColumn("user_id", "integer", (column) => column.primaryKey())
      .addColumn("principal", "text", (column) => column.notNull().unique())
      .execute();
  },
};
