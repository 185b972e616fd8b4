import { MAX_SESSIONS_PER_SUBJECT, type SessionStore } from "../../domain/session-store.ts";
import { rowOfSession, SESSION_COLUMNS, sessionOfRow } from "../session-rows.ts";
import type { Database } from "./database.ts";

/** The sessions of browsers; `now` is in milliseconds since 1970, the clock of the system unless given. */
export function openSessionStore(database: Database, now: () => number = Date.now): SessionStore {
  return {
    create: (session, time) =>
      database.write(async ({ transaction }) => {
        await transaction.deleteFrom("sessions").where("ends_at", "<=", time).execute();
        await transaction.insertInto("sessions").values(rowOfSession(session)).execute();
        const latest = transaction
          .selectFrom("sessions")
          .select("id")
          .where("issuer", "=", session.issuer)
          .where("subject", "=", session.subject)
          .orderBy("ends_at", "desc")
          .limit(MAX_SESSIONS_PER_SUBJECT);
        await transaction
          .deleteFrom("sessions")
          .where("issuer", "=", session.issuer)
          .where("subject", "=", session.subject)
          .where("id", "not in", latest)
          .execute();
      }),
    async find(ids) {
      const { kysely } = database;
      const rows = await kysely.selectFrom("sessions").select(SESSION_COLUMNS).where("id", "in", ids).execute();
      return rows.map(sessionOfRow);
    },
    claim: ({ id, expiresAt, by, lastsMs }) =>
      database.write(async ({ transaction }) => {
        const time = now();
        const { numUpdatedRows } = await transaction
          .updateTable("sessions")
          .set({ refresher: by, refreshing_until: time + lastsMs })
          .where("id", "=", id)
          .where("expires_at", "=", expiresAt)
          .where("refreshing_until", "<=", time)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
    release: (id, by) =>
      database.write(async ({ transaction }) => {
        const released = transaction.updateTable("sessions").set({ refreshing_until: 0 });
        await released.where("id", "=", id).where("refresher", "=", by).execute();
      }),
    renew: (id, by, { expiresAt, refreshToken }) =>
      database.write(async ({ transaction }) => {
        const renewed = { expires_at: expiresAt, refresh_token: refreshToken, refreshing_until: 0 };
        const { numUpdatedRows } = await transaction
          .updateTable("sessions")
          .set(renewed)
          .where("id", "=", id)
          .where("refresher", "=", by)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
    endClaimed: (id, by) =>
      database.write(async ({ transaction }) => {
        await transaction.deleteFrom("sessions").where("id", "=", id).where("refresher", "=", by).execute();
      }),
    end: (id) =>
      database.write(async ({ transaction }) => {
        await transaction.deleteFrom("sessions").where("id", "=", id).execute();
      }),
  };
}
