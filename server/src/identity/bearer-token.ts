import type { Call } from "@triptych/rpc/call/call.ts";
import { unauthenticated } from "./unauthenticated.ts";

const BEARER = /^bearer +([\w.~+/-]+=*)$/i;
/** As nearly all clients write it, with nothing to be taken out of a match. */
const USUAL = "Bearer ";
const TOKEN = /^[\w.~+/-]+=*$/;

/**
 * The token or key that a call brings in `authorization`: of its headers, whatever carries them, or else of the upgrade of its WebSocket; undefined where there is
 * none. Nothing else is looked at, least of all the query.
 * @throws ConnectError UNAUTHENTICATED when `authorization` holds something else.
 */
export function bearerToken({ context, peer }: Pick<Call, "context" | "peer">): string | undefined {
  const field = context.requestHeader.get("authorization") ?? peer.upgrade?.authorization;
  if (field === undefined || field === null) return undefined;
  const rest = field.startsWith(USUAL) ? field.slice(USUAL.length) : "";
  if (TOKEN.test(rest)) return rest;
  const token = BEARER.exec(field)?.[1];
  if (token === undefined) throw unauthenticated('authorization must be "Bearer" and a token or key');
  return token;
}
