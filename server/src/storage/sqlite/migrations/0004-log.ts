import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** The id of the log of events, and the file in which it was given. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("log")
      .addColumn("id", "text", (column) => column.notNull())
      .addColumn("place", "text", (column) => column.notNull())
      .execute();
  },
};
