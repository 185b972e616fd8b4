import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** The sessions of browsers. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("sessions")
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("issuer", "text", (column) => column.notNull())
      .addColumn("subject", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("expires_at", "integer", (column) => column.notNull())
      .addColumn("ends_at", "integer", (column) => column.notNull())
      .addColumn("refresh_token", "text", (column) => column.notNull())
      .addColumn("refresher", "text", (column) => column.notNull().defaultTo(""))
      .addColumn("refreshing_until", "integer", (column) => column.notNull().defaultTo(0))
      .execute();
    await db.schema
      .createIndex("sessions_by_subject")
      .on("sessions")
      .columns(["issuer", "subject", "ends_at"])
      .execute();
    await db.schema.createIndex("sessions_by_end").on("sessions").column("ends_at").execute();
  },
};
