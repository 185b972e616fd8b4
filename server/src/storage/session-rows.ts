import type { StoredSession } from "../domain/session-store.ts";

/** A session as a row of its table. */
export interface SessionRow {
  id: string;
  issuer: string;
  subject: string;
  name: string;
  expires_at: number;
  ends_at: number;
  refresh_token: string;
}

/** The columns of a session that its readers want. */
export const SESSION_COLUMNS = [
  "id",
  "issuer",
  "subject",
  "name",
  "expires_at",
  "ends_at",
  "refresh_token",
] as const satisfies readonly (keyof SessionRow)[];

/** The row of a session. */
export function rowOfSession({ expiresAt, endsAt, refreshToken, ...rest }: StoredSession): SessionRow {
  return { ...rest, expires_at: expiresAt, ends_at: endsAt, refresh_token: refreshToken };
}

/** The session of a row. */
export function sessionOfRow({ expires_at, ends_at, refresh_token, ...rest }: SessionRow): StoredSession {
  return { ...rest, expiresAt: expires_at, endsAt: ends_at, refreshToken: refresh_token };
}
