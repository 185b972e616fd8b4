import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** The event log, orders and ratings. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("events")
      .addColumn("topic", "text", (column) => column.notNull())
      .addColumn("sequence", "integer", (column) => column.notNull())
      .addColumn("time", "integer", (column) => column.notNull())
      .addColumn("payload", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("events_by_sequence", ["topic", "sequence"])
      .execute();
    await db.schema
      .createTable("orders")
      .addColumn("number", "integer", (column) => column.primaryKey())
      .addColumn("id", "text", (column) => column.notNull().unique())
      .addColumn("idempotency_key", "text", (column) => column.unique())
      .addColumn("contents", "text", (column) => column.notNull())
      .execute();
    await db.schema
      .createTable("ratings")
      .addColumn("user_id", "integer", (column) => column.notNull())
      .addColumn("book_id", "integer", (column) => column.notNull())
      .addColumn("stars", "integer", (column) => column.notNull())
      .addColumn("time", "integer", (column) => column.notNull())
      .addPrimaryKeyConstraint("ratings_by_reader", ["user_id", "book_id"])
      .execute();
  },
};
