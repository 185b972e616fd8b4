import { MAX_SESSIONS_PER_SUBJECT, type SessionStore } from "../../domain/session-store.ts";
import { SESSION_COLUMNS, type SessionRow, sessionOfRow } from "../session-rows.ts";
import type { Connection } from "./connection.ts";

const COLUMNS = SESSION_COLUMNS.join(", ");
/** The time by the clock of the database, in milliseconds since 1970. */
const NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

/** The sessions of browsers; `writer` changes them. Each statement may run twice, where the connection was lost before its answer, and does no harm. */
export function openPostgresSessions(reader: Connection, writer: Connection): SessionStore {
  /** Runs what changes sessions; returns how many rows it did so. */
  const change = async (text: string, ...values: unknown[]): Promise<number> =>
    (await writer.read({ text, values })).length;

  return {
    async create({ id, issuer, subject, name, expiresAt, endsAt, refreshToken }, now) {
      await change("delete from sessions where ends_at <= $1", now);
      await change(
        `insert into sessions(${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
        ...[id, issuer, subject, name, expiresAt, endsAt, refreshToken],
      );
      await change(
        `delete from sessions where issuer = $1 and subject = $2 and id not in (
           select id from sessions where issuer = $1 and subject = $2 order by ends_at desc limit $3)`,
        ...[issuer, subject, MAX_SESSIONS_PER_SUBJECT],
      );
    },
    async find(ids) {
      const text = `select ${COLUMNS} from sessions where id = any($1::text[])`;
      const rows = await reader.read<SessionRow>({ name: "find-sessions", text, values: [ids] });
      return rows.map(sessionOfRow);
    },
    claim: async ({ id, expiresAt, by, lastsMs }) =>
      (await change(
        `update sessions set refresher = $3, refreshing_until = ${NOW} + $4
         where id = $1 and expires_at = $2 and (refreshing_until <= ${NOW} or refresher = $3) returning id`,
        ...[id, expiresAt, by, lastsMs],
      )) > 0,
    async release(id, by) {
      await change("update sessions set refreshing_until = 0 where id = $1 and refresher = $2", id, by);
    },
    // Who has renewed it stays named, so that the statement does the same when it runs twice.
    renew: async (id, by, { expiresAt, refreshToken }) =>
      (await change(
        `update sessions set expires_at = $3, refresh_token = $4, refreshing_until = 0
         where id = $1 and refresher = $2 returning id`,
        ...[id, by, expiresAt, refreshToken],
      )) > 0,
    async endClaimed(id, by) {
      await change("delete from sessions where id = $1 and refresher = $2", id, by);
    },
    async end(id) {
      await change("delete from sessions where id = $1", id);
    },
  };
}
