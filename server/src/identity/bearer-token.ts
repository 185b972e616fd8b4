import type { Call } from "@triptych/rpc/call/call.ts";
import { unauthenticated } from "./unauthenticated.ts";

const BEARER = /^bearer +([\w.~+/-]+=*)$/i;
/** As nearly all clients write it, with nothing to be taken out of a match. */
const USUAL = "Bearer ";
const TOKEN = /^[\w.~+/-]+=*$/;

/**
 * What a call brings as `authorization`: of its headers, whatever carries them, or else of the upgrade of its WebSocket; undefined where there is
 * none. Nothing else is looked at, least of all the query.
 */
export function authorizationOf({ context, peer }: Pick<Call, "context" | "peer">): string | undefined {
  return context.requestHeader.get("authorization") ?? peer.upgrade?.authorization;
}

/**
 * The token or key in what a call brings as `authorization`.
 * @throws ConnectError UNAUTHENTICATED when that holds something else.
 */
export function bearerToken(authorization: string): string {
  const rest = authorization.startsWith(USUAL) ? authorization.slice(USUAL.length) : "";
  if (TOKEN.test(rest)) return rest;
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw unauthenticated('authorization must be "Bearer" and a token or key');
  return token;
}

/** The header that nearly all clients bring a token or key with. */
export function usualHeader(token: string): string {
  return USUAL + token;
}
